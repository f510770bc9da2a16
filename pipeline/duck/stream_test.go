package duck

import (
	"context"
	"fmt"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
)

// The engine asks a stream for some columns and conditions only, and the stream hands out all: what it hands out must not be taken
// for what was asked.
func TestAStreamIsReadWholeWhateverIsAskedOfIt(t *testing.T) {
	db, err := Scratch(t.TempDir(), 500)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "n", Type: arrow.PrimitiveTypes.Int64, Nullable: true}, {Name: "word", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "flag", Type: arrow.FixedWidthTypes.Boolean, Nullable: true}, {Name: "other", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	}, nil)
	b := array.NewRecordBuilder(mallocator.NewMallocator(), schema)
	defer b.Release()
	for i := range 3 {
		b.Field(0).(*array.Int64Builder).Append(int64(i))
		b.Field(1).(*array.StringBuilder).Append(fmt.Sprint("w", i))
		b.Field(2).(*array.BooleanBuilder).Append(i == 1)
		b.Field(3).(*array.Int64Builder).Append(int64(10 * i))
	}
	b.Field(3).AppendNull()
	b.Field(0).AppendNull()
	b.Field(1).AppendNull()
	b.Field(2).AppendNull()
	batch := b.NewRecordBatch()
	defer batch.Release()
	for query, want := range map[string]string{
		"select flag from given":                                     "[[false] [true] [false] [<nil>]]",
		"select other, n from given where n is not null":             "[[0 0] [10 1] [20 2]]",
		"select word from given where flag":                          "[[w1]]",
		"select n from given where other = 20":                       "[[2]]",
		"select n from given where other in (0, 10) and n > 0":       "[[1]]",
		"select count(*) from given":                                 "[[4]]",
		"select max(other) from given where n < 2":                   "[[10]]",
		"select n from given order by other desc nulls last limit 1": "[[2]]",
	} {
		reader, err := array.NewRecordReader(schema, []arrow.RecordBatch{batch})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Stream(context.Background(), "given", reader, "create or replace temp table got as "+query)
		reader.Release()
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.Query(context.Background(), "from got")
		if err != nil || fmt.Sprint(got.Values) != want {
			t.Errorf("%s: got %v, want %s (%v)", query, got.Values, want, err)
		}
	}
}
