package explain

import (
	"context"
	_ "embed"
	"maps"
	"slices"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/textkey"
)

//go:embed names.sql
var namesSQL string

// coded gives the cell with codes in place of the names that staff may have typed. What is neither is an error that names what comes near.
func coded(ctx context.Context, w *duck.Warehouse, cell Cell) (Cell, error) {
	for _, d := range []struct {
		dimension string
		value     *string
	}{{"property", &cell.Property}, {"zone", &cell.Zone}, {"category", &cell.Category}} {
		code, err := code(ctx, w, d.dimension, cell.Property, *d.value)
		if err != nil {
			return cell, err
		}
		*d.value = code
	}
	return cell, nil
}

func code(ctx context.Context, w *duck.Warehouse, dimension, property, typed string) (string, error) {
	if typed == "*" {
		return typed, nil
	}
	rows, err := w.Query(ctx, namesSQL, dimension, property)
	if err != nil {
		return "", err
	}
	byKey, spelled := map[string]string{}, map[string]string{}
	for column := len(rows.Columns) - 1; column >= 0; column-- { // codes last, so that they go before names
		for _, r := range rows.Values {
			if spelling, there := r[column].(string); there && spelling != "*" {
				key := textkey.Of(spelling)
				byKey[key], spelled[key] = r[0].(string), spelling
			}
		}
	}
	if found, there := byKey[textkey.Of(typed)]; there {
		return found, nil
	}
	known := slices.Sorted(maps.Values(spelled))
	return "", fault.Hinted(fault.Usage, near(typed, known, "see: noticeboard show mart.names"), "no figure has the %s %q", dimension, typed)
}

// near says what a word may have been meant to be, and where all of them are.
func near(word string, known []string, all string) string {
	if nearest, found := fault.Nearest(word, known); found {
		return "did you mean " + nearest + "? " + all
	}
	return all
}
