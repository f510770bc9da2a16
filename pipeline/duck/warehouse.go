package duck

import (
	"context"
	"database/sql/driver"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Warehouse is the database of one night.
type Warehouse struct {
	*DB
	path   string  // empty: in memory
	shapes *shapes // of the hands together
}

// shapes keeps what was asked of relations: one that is read is whole, and stays as it was built.
type shapes struct{ columns, last sync.Map }

// Column is a column of a relation with its DuckDB type.
type Column struct{ Name, Type string }

// Cut keeps the rows of one property, zone or period; an empty field cuts nothing, and neither does a column that isn't there. Where
// keeps those with a value in a column, which must be there.
type Cut struct {
	Property, Zone, Period string
	Where                  map[string]string
}

// window is how many rows are held at once: the driver materialises a whole result outside memory_limit (1 M × 14: 660 MB).
const window = 50_000

// Create makes a new warehouse file, to be filled and then sealed.
func Create(o Options) (*Warehouse, error) {
	db, err := open(o)
	if err != nil {
		return nil, err
	}
	return &Warehouse{db, o.Path, &shapes{}}, nil
}

// Open opens a finished warehouse, read-only and sealed; what is asked of it may read the variables.
func Open(path string, variables ...Variable) (*Warehouse, error) {
	return OpenReading(path, nil, variables...)
}

// OpenReading opens a finished warehouse whose views may read the folders given, and is otherwise Open.
func OpenReading(path string, folders []string, variables ...Variable) (*Warehouse, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	db, err := open(Options{Path: path, ReadOnly: true, Variables: variables})
	if err != nil {
		return nil, err
	}
	w := &Warehouse{db, path, &shapes{}}
	if err := w.Seal(context.Background(), folders); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// SideBySide does n pieces of work on all hands, each of which is the whole warehouse; see Share.
func (w *Warehouse) SideBySide(n int, do func(hand *Warehouse, i int) error) error {
	return w.Share(n, func(hand *DB, i int) error { return do(&Warehouse{hand, w.path, w.shapes}, i) })
}

// Memory opens an empty warehouse in memory, not sealed.
func Memory() (*Warehouse, error) { return Create(Options{}) }

// Seal takes file and network access from SQL, but for the folders given, until the database is closed.
func (w *Warehouse) Seal(ctx context.Context, folders []string) error {
	// allowed_directories must come first: it can't be changed once external access is off.
	if len(folders) > 0 {
		literal := strings.TrimSuffix(Literal(folders), "::varchar[]")
		if err := w.Exec(ctx, "set allowed_directories = "+literal); err != nil {
			return err
		}
	}
	return w.lock(ctx)
}

func (w *Warehouse) lock(ctx context.Context) error {
	if err := w.Exec(ctx, "set enable_external_access = false"); err != nil {
		return err
	}
	if err := w.Exec(ctx, "set allowed_configs = ['external_threads']"); err != nil {
		return err
	}
	return w.Exec(ctx, "set lock_configuration = true")
}

// Save brings all that was built to the file. Until then the file is not a database.
func (w *Warehouse) Save(ctx context.Context) error { return w.Exec(ctx, "checkpoint") }

// Relations lists the tables as schema.table, by name.
func (w *Warehouse) Relations(ctx context.Context) ([]string, error) {
	rows, err := w.Query(ctx, "select table_schema || '.' || table_name from information_schema.tables order by 1")
	if err != nil {
		return nil, err
	}
	names := make([]string, len(rows.Values))
	for i, v := range rows.Values {
		names[i] = v[0].(string)
	}
	return names, nil
}

// Columns lists the columns of a relation in their order.
func (w *Warehouse) Columns(ctx context.Context, relation string) ([]Column, error) {
	if known, there := w.shapes.columns.Load(relation); there {
		return known.([]Column), nil
	}
	schema, table, ok := strings.Cut(relation, ".")
	if !ok {
		return nil, fmt.Errorf("%q is not schema.table", relation)
	}
	// The information schema would list the columns of every relation first. An enumeration is text to whoever reads it.
	rows, err := w.Query(ctx, "select name, case when type like 'ENUM(%' then 'VARCHAR' else type end from pragma_table_info("+Literal(Name(schema+"."+table))+")")
	if err != nil && strings.Contains(err.Error(), "Catalog Error") {
		return nil, fmt.Errorf("there is no relation %s", relation)
	}
	if err != nil {
		return nil, err
	}
	cols := make([]Column, len(rows.Values))
	for i, v := range rows.Values {
		cols[i] = Column{v[0].(string), v[1].(string)}
	}
	w.shapes.columns.Store(relation, cols)
	return cols, nil
}

// Stored gives the name under which the rows of a relation can be read in their order: its own, but for a view that of a temporary
// table, which it is computed into now.
func (w *Warehouse) Stored(ctx context.Context, relation string) (string, error) {
	isView, err := w.isView(ctx, relation)
	if err != nil || !isView {
		return relation, err
	}
	stored := "temp.main." + strings.ReplaceAll(relation, ".", "_")
	return stored, w.Exec(ctx, "create or replace temporary table "+Name(stored)+" as from "+Name(relation))
}

func (w *Warehouse) isView(ctx context.Context, relation string) (bool, error) {
	schema, view, _ := strings.Cut(relation, ".")
	found, err := w.Query(ctx, "select 1 from duckdb_views() where schema_name = "+Literal(schema)+" and view_name = "+Literal(view))
	return len(found.Values) > 0, err
}

// Count gives the number of rows of a relation after a cut.
func (w *Warehouse) Count(ctx context.Context, relation string, cut Cut) (int64, error) {
	where, err := w.where(ctx, relation, cut)
	if err != nil {
		return 0, err
	}
	rows, err := w.Query(ctx, "select count(*) from "+Name(relation)+where)
	if err != nil {
		return 0, err
	}
	return rows.Values[0][0].(int64), nil
}

// Rows gives a small relation whole, in its stored order.
func (w *Warehouse) Rows(ctx context.Context, relation string, cut Cut) (Rows, error) {
	where, err := w.where(ctx, relation, cut)
	if err != nil {
		return Rows{}, err
	}
	return w.Query(ctx, "select * from "+Name(relation)+where+" order by rowid")
}

// Read hands the rows of a relation to each, in their stored order, in windows of Arrow record batches. A batch is released when
// each returns.
func (w *Warehouse) Read(ctx context.Context, relation string, cut Cut, each func(arrow.RecordBatch) error) error {
	where, err := w.where(ctx, relation, cut)
	if err != nil {
		return err
	}
	list, err := w.list(ctx, relation)
	if err != nil {
		return err
	}
	last, err := w.last(ctx, relation)
	if err != nil {
		return err
	}
	glue := " where "
	if where != "" {
		glue = where + " and "
	}
	for from := int64(0); from <= last; from += window {
		query := fmt.Sprintf("select %s from %s%srowid between %d and %d order by rowid", list, Name(relation), glue, from, from+window-1)
		if err := w.batches(ctx, query, each); err != nil {
			return fmt.Errorf("%s: %w", relation, err)
		}
	}
	return nil
}

// list names the columns of a relation for a select. Enumerations become text: Arrow would pass them on as dictionaries, and the hash of
// one isn't that of its text.
func (w *Warehouse) list(ctx context.Context, relation string) (string, error) {
	cols, err := w.Columns(ctx, relation)
	list := make([]string, len(cols))
	for i, c := range cols {
		list[i] = c.value() + " as " + Name(c.Name)
	}
	return strings.Join(list, ", "), err
}

func (c Column) value() string {
	if c.Type == "VARCHAR" {
		return Name(c.Name) + "::varchar"
	}
	return Name(c.Name)
}

// last is the number of a relation's last row, -1 where it has none.
func (w *Warehouse) last(ctx context.Context, relation string) (int64, error) {
	if known, there := w.shapes.last.Load(relation); there {
		return known.(int64), nil
	}
	rows, err := w.Query(ctx, "select coalesce(max(rowid), -1) from "+Name(relation))
	if err != nil {
		return 0, err
	}
	w.shapes.last.Store(relation, rows.Values[0][0])
	return rows.Values[0][0].(int64), nil
}

func (w *Warehouse) batches(ctx context.Context, query string, each func(arrow.RecordBatch) error) error {
	return w.conn.Raw(func(raw any) error {
		reader, err := duckdb.NewArrowFromConn(raw.(driver.Conn))
		if err != nil {
			return err
		}
		result, err := reader.QueryContext(ctx, query)
		if err != nil {
			return inPlainWords(err)
		}
		defer result.Release()
		for result.Next() {
			if err := each(result.RecordBatch()); err != nil {
				return err
			}
		}
		return inPlainWords(result.Err())
	})
}

// where says a cut in SQL. Its values are written out: the engine plans a statement with parameters twice, once before it knows them.
func (w *Warehouse) where(ctx context.Context, relation string, cut Cut) (string, error) {
	cols, err := w.Columns(ctx, relation)
	if err != nil {
		return "", err
	}
	var conditions []string
	for _, c := range []struct{ column, value string }{{"property", cut.Property}, {"zone", cut.Zone}, {"period", cut.Period}} {
		if c.value != "" && has(cols, c.column) {
			conditions = append(conditions, c.column+" = "+Literal(c.value))
		}
	}
	for _, column := range slices.Sorted(maps.Keys(cut.Where)) {
		if !has(cols, column) {
			return "", fmt.Errorf("%s has no column %q", relation, column)
		}
		conditions = append(conditions, Name(column)+" = "+Literal(cut.Where[column]))
	}
	if len(conditions) == 0 {
		return "", nil
	}
	return " where " + strings.Join(conditions, " and "), nil
}

// Parquet writes the rows of a relation, in their stored order, to a new file. A sealed warehouse can't write, so a second engine
// reads its file.
func (w *Warehouse) Parquet(ctx context.Context, relation string, cut Cut, target string) error {
	where, err := w.where(ctx, relation, cut)
	if err != nil {
		return err
	}
	list, err := w.list(ctx, relation)
	if err != nil {
		return err
	}
	isView, err := w.isView(ctx, relation)
	if err != nil {
		return err
	}
	order := " order by rowid"
	if isView {
		order = ""
	}
	writer, err := open(Options{})
	if err != nil {
		return err
	}
	defer writer.Close()
	if err := writer.Exec(ctx, "attach "+Literal(w.path)+" as night (read_only)"); err != nil {
		return err
	}
	return writer.Exec(ctx, "copy (select "+list+" from night."+Name(relation)+where+order+") to "+Literal(target)+" (format parquet, compression zstd)")
}

// Past makes a view of what earlier nights wrote to Parquet, with those columns. A column that an older file doesn't have is empty there.
func (w *Warehouse) Past(ctx context.Context, name string, columns []Column, files []string) error {
	names, empty := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i] = Name(c.Name) + "::" + c.Type + " as " + Name(c.Name)
		empty[i] = "null::" + c.Type + " as " + Name(c.Name)
	}
	shape := "select " + strings.Join(empty, ", ") + " where false"
	if len(files) == 0 {
		return w.Exec(ctx, "create view "+Name(name)+" as "+shape)
	}
	literal := strings.TrimSuffix(Literal(files), "::varchar[]")
	return w.Exec(ctx, "create view "+Name(name)+" as select "+strings.Join(names, ", ")+" from ("+shape+" union all by name from read_parquet("+literal+", union_by_name = true))")
}

// Objects gives the rows of a small relation as JSON, in their stored order.
func (w *Warehouse) Objects(ctx context.Context, relation string, cut Cut) ([]string, error) {
	where, err := w.where(ctx, relation, cut)
	if err != nil {
		return nil, err
	}
	rows, err := w.Query(ctx, "select to_json(t)::varchar from "+Name(relation)+" as t"+where+" order by t.rowid")
	list := make([]string, len(rows.Values))
	for i, r := range rows.Values {
		list[i] = r[0].(string)
	}
	return list, err
}

// Write writes the rows of a relation to a new Parquet file, with a date before them, and gives their number. The file's folder must be one that the seal
// leaves open. The rows are in no order: they are read by their key, and keeping an order would cost as much again as writing them.
func (w *Warehouse) Write(ctx context.Context, relation string, publishedOn time.Time, target string) (int64, error) {
	written, err := w.Query(ctx, "copy (select "+Literal(publishedOn)+" as published_on, * from "+Name(relation)+") to "+Literal(target)+" (format parquet, compression zstd, preserve_order false)")
	if err != nil {
		return 0, err
	}
	return written.Values[0][0].(int64), nil
}

// Digest gives the number of rows of a relation and the sha256 of the engine's hashes of its rows, in their order. DuckDB's own file is never the same
// twice, its relations are.
func (w *Warehouse) Digest(ctx context.Context, relation string) (rows int64, sum string, err error) {
	cols, err := w.Columns(ctx, relation)
	if err != nil {
		return 0, "", err
	}
	values := make([]string, len(cols))
	for i, c := range cols {
		values[i] = c.value()
	}
	found, err := w.Query(ctx, "select count(*), sha256(coalesce(string_agg(hash(row("+strings.Join(values, ", ")+"))::varchar, ',' order by rowid), '')) from "+Name(relation))
	if err != nil {
		return 0, "", err
	}
	return found.Values[0][0].(int64), found.Values[0][1].(string), nil
}

func has(cols []Column, name string) bool {
	for _, c := range cols {
		if c.Name == name {
			return true
		}
	}
	return false
}
