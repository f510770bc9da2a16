package duck

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/apache/arrow-go/v18/arrow/array"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// wholeStream keeps the engine from asking a stream for some of its columns or rows: it would take whatever comes for the answer, and
// read one column's buffers as another's.
const wholeStream = "set disabled_optimizers = 'unused_columns,filter_pushdown,filter_pullup,join_filter_pushdown,top_n,late_materialization'"

// Stream runs a statement that reads the batches of a reader as a view of that name. The batches are read once, in their order, by
// threads of the engine; their buffers must lie in memory that isn't Go's (package mallocator).
func (d *DB) Stream(ctx context.Context, view string, reader array.RecordReader, statement string) error {
	if err := d.Exec(ctx, wholeStream); err != nil {
		return err
	}
	release, err := d.register(view, reader)
	if err != nil {
		return err
	}
	defer release()
	err = d.Exec(ctx, statement)
	after := context.WithoutCancel(ctx)
	return errors.Join(err, d.Exec(after, "drop view "+Name(view)), d.Exec(after, "reset disabled_optimizers"))
}

func (d *DB) register(view string, reader array.RecordReader) (release func(), err error) {
	err = d.conn.Raw(func(raw any) error {
		a, err := duckdb.NewArrowFromConn(raw.(driver.Conn))
		if err != nil {
			return err
		}
		release, err = a.RegisterView(reader, view)
		return err
	})
	return release, err
}
