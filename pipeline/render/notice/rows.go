package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"noticeboard/pipeline/duck"
)

// source reads the relations of one notice, each once.
type source struct {
	ctx       context.Context
	warehouse *duck.Warehouse
	cut       duck.Cut
	kept      map[string][]row
}

// row is one row by column.
type row map[string]any

func (s *source) rows(relation string) ([]row, error) {
	if kept, there := s.kept[relation]; there {
		return kept, nil
	}
	found, err := s.warehouse.Rows(s.ctx, relation, s.cut)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", relation, err)
	}
	list := make([]row, len(found.Values))
	for i, values := range found.Values {
		list[i] = row{}
		for j, column := range found.Columns {
			list[i][column] = values[j]
		}
	}
	s.kept[relation] = list
	return list, nil
}

// keep takes rows that an earlier night kept, in the types that their columns have today.
func (s *source) keep(relations map[string][]string) error {
	for relation, objects := range relations {
		columns, err := s.warehouse.Columns(s.ctx, relation)
		if err != nil {
			return err
		}
		s.kept[relation] = []row{}
		for _, object := range objects {
			cells := row{}
			if err := json.Unmarshal([]byte(object), &cells); err != nil {
				return fmt.Errorf("%s: %w", relation, err)
			}
			for _, c := range columns {
				if cells[c.Name], err = typed(cells[c.Name], c.Type); err != nil {
					return fmt.Errorf("%s, column %s: %w", relation, c.Name, err)
				}
			}
			s.kept[relation] = append(s.kept[relation], cells)
		}
	}
	return nil
}

// typed turns what JSON holds into what the warehouse gives.
func typed(value any, kind string) (any, error) {
	switch v := value.(type) {
	case float64:
		if strings.HasSuffix(kind, "INT") || kind == "INTEGER" {
			return int64(v), nil
		}
	case string:
		if kind == "DATE" {
			return time.Parse(time.DateOnly, v)
		}
	}
	return value, nil
}

// text gives a column as a string, empty where it is null.
func (r row) text(column string) string {
	if r[column] == nil {
		return ""
	}
	return fmt.Sprint(r[column])
}

// number gives a column as a number, and whether there is one.
func (r row) number(column string) (float64, bool) {
	switch v := r[column].(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case duck.Decimal:
		var f float64
		_, err := fmt.Sscan(v.Text, &f)
		return f, err == nil
	default:
		return 0, false
	}
}
