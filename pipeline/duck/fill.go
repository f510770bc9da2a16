package duck

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Fill creates a table with those columns and adds the rows. Values may be nil, string, bool, int, int64, float64, time.Time or
// []string; a DECIMAL column takes a string such as "12.50".
func (d *DB) Fill(ctx context.Context, relation string, columns []Column, rows [][]any) error {
	schema, table, ok := strings.Cut(relation, ".")
	if !ok {
		return fmt.Errorf("%q is not schema.table", relation)
	}
	if err := d.Exec(ctx, "create table "+Name(relation)+" ("+declare(columns)+")"); err != nil {
		return err
	}
	fitted := make([][]any, len(rows))
	for i, row := range rows {
		if len(row) != len(columns) {
			return fmt.Errorf("%s: row %d has %d values for %d columns", relation, i+1, len(row), len(columns))
		}
		fitted[i] = make([]any, len(row))
		for j, v := range row {
			value, err := fit(v, columns[j].Type)
			if err != nil {
				return fmt.Errorf("%s.%s, row %d: %w", relation, columns[j].Name, i+1, err)
			}
			fitted[i][j] = value
		}
	}
	return d.Append(ctx, schema, table, fitted)
}

func declare(columns []Column) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = Name(c.Name) + " " + c.Type
	}
	return strings.Join(parts, ", ")
}

// fit gives a value the Go type that the driver's appender asks for.
func fit(v any, kind string) (any, error) {
	switch x := v.(type) {
	case int:
		return fit(int64(x), kind)
	case int64:
		switch kind {
		case "INTEGER":
			return int32(x), nil
		case "DOUBLE":
			return float64(x), nil
		}
		return x, nil
	case string:
		var width, scale uint8
		if n, _ := fmt.Sscanf(kind, "DECIMAL(%d,%d)", &width, &scale); n == 2 {
			return decimal(x, width, scale)
		}
	}
	return v, nil
}

func decimal(text string, width, scale uint8) (any, error) {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, fmt.Errorf("%q is not a number", text)
	}
	r.Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	if !r.IsInt() {
		return nil, fmt.Errorf("%s has more than %d decimals", text, scale)
	}
	return duckdb.Decimal{Width: width, Scale: scale, Value: r.Num()}, nil
}
