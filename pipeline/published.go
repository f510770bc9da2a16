package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
)

// closingsFile holds what a night published as closing of the daily inventory; the next night compares its opening with it.
const closingsFile = "closings.csv"

var closingColumns = columns("property", "VARCHAR", "kind", "VARCHAR", "owner", "VARCHAR", "closing", "BIGINT")

func (p Plan) publishedFolder(date time.Time) string {
	return filepath.Join(p.Home, "archive", "published", date.Format(time.DateOnly))
}

// closingsBefore gives the closings that the night before D published, with their digest; none where there was no such night.
func (p Plan) closingsBefore(asOf time.Time) (handoff.Table, string, error) {
	t := handoff.Table{Name: "ref.published_closings", Columns: closingColumns}
	path := filepath.Join(p.publishedFolder(asOf.AddDate(0, 0, -1)), closingsFile)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return t, "", nil
	}
	if err != nil {
		return t, "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return t, "", err
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return t, "", fmt.Errorf("%s: %w", path, err)
	}
	for _, r := range records[min(1, len(records)):] {
		closing, err := strconv.Atoi(r[3])
		if err != nil {
			return t, "", fmt.Errorf("%s: %w", path, err)
		}
		t.Rows = append(t.Rows, []any{r[0], r[1], r[2], closing})
	}
	sum := sha256.Sum256(content)
	return t, hex.EncodeToString(sum[:]), nil
}

// keepClosings writes the closings of a night into the archive. A night that is published again replaces them.
func (n night) keepClosings(ctx context.Context, w *duck.Warehouse) error {
	rows, err := w.Rows(ctx, "mart.daily_inventory", duck.Cut{})
	if err != nil {
		return err
	}
	folder := n.plan.publishedFolder(n.asOf)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, "."+closingsFile)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	to := csv.NewWriter(f)
	to.Write([]string{"property", "kind", "owner", "closing"})
	for _, r := range rows.Values {
		to.Write([]string{fmt.Sprint(r[0]), fmt.Sprint(r[1]), fmt.Sprint(r[2]), fmt.Sprint(r[rows.Column("closing")])})
	}
	to.Flush()
	if err := errors.Join(to.Error(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(folder, closingsFile))
}
