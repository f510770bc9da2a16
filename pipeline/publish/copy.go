package publish

import (
	"context"

	"noticeboard/pipeline/duck"
)

// CopyName is the name of the published copy of the warehouse.
const CopyName = "warehouse.duckdb"

// Copy is the published copy of the warehouse: its relations with the digest of their rows. A DuckDB file is never the same twice, its rows are.
type Copy struct {
	Name      string     `json:"name"`
	Relations []Relation `json:"relations"`
}

// Describe tells what is in a copy. The digests of relations that are known already, since all their columns are in it, aren't worked out again.
func Describe(ctx context.Context, path string, known map[string]Relation) (*Copy, error) {
	w, err := duck.Open(path)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	names, err := w.Relations(ctx)
	if err != nil {
		return nil, err
	}
	c := &Copy{Name: CopyName}
	for _, name := range names {
		if r, there := known[name]; there {
			c.Relations = append(c.Relations, r)
			continue
		}
		rows, sum, err := w.Digest(ctx, name)
		if err != nil {
			return nil, err
		}
		c.Relations = append(c.Relations, Relation{Name: name, Rows: rows, SHA256: sum})
	}
	return c, nil
}
