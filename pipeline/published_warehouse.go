package pipeline

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/publish"
)

// Records and persons stay in the office: what is published beside the reports holds figures, not people.
var (
	recordIDs = []string{"ticket_id", "register_id", "callback_id", "returned_ticket_id", "id", "src_row"} // src_row: a row of an export, as it came
	persons   = []string{"owner", "technician", "responsible_person", "because"}
)

// copyWarehouse writes the copy that is published beside the reports into the staging folder, and tells what is in it.
func (n night) copyWarehouse(ctx context.Context, w *duck.Warehouse, digested []publish.Relation) (*publish.Copy, error) {
	if n.plan.Config.Warehouse.Publish == config.PublishNothing {
		return nil, nil
	}
	parts, whole, err := n.copied(ctx, w)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(n.staging(), publish.CopyName)
	if err := w.Copy(ctx, parts, path); err != nil {
		return nil, err
	}
	known := map[string]publish.Relation{}
	for _, r := range digested {
		if whole[r.Name] {
			known[r.Name] = r
		}
	}
	return publish.Describe(ctx, path, known)
}

// copied lists what is in the copy, and which relations are in it with all their columns.
func (n night) copied(ctx context.Context, w *duck.Warehouse) ([]duck.Part, map[string]bool, error) {
	all := n.plan.Config.Warehouse.Publish == config.PublishAll
	var parts []duck.Part
	whole := map[string]bool{}
	for _, q := range n.plan.Catalog.Queries {
		if q.Schema != "public" && (q.Schema != "mart" || !all && ofRecords(q)) {
			continue
		}
		columns, err := w.Columns(ctx, q.Relation())
		if err != nil {
			return nil, nil, err
		}
		part := duck.Part{Relation: q.Relation()}
		for _, c := range columns {
			if all || !slices.Contains(recordIDs, c.Name) && !slices.Contains(persons, c.Name) {
				part.Columns = append(part.Columns, c)
			}
		}
		parts, whole[q.Relation()] = append(parts, part), len(part.Columns) == len(columns)
	}
	slices.SortFunc(parts, func(a, b duck.Part) int { return strings.Compare(a.Relation, b.Relation) })
	return parts, whole, nil
}

// ofRecords tells whether a row stands for one ticket, register entry or callback, whatever its id is called, or for a row of an export.
func ofRecords(q model.Query) bool {
	return slices.ContainsFunc(q.Key, func(k string) bool { return slices.Contains(recordIDs, k) })
}
