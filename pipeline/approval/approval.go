// Package approval keeps who approved which notice, and which rows it showed: archive/approvals, a file for each.
//
// It doesn't decide what is due or how a notice looks; it says whose word there is that a notice may be posted.
//
// Invariant: an approval is for the rows that were approved. Others need another one, and an approval once written is never changed.
package approval

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"noticeboard/pipeline/fault"
)

// Approval is one edition of a notice that somebody with authority approved.
type Approval struct {
	Report   string `json:"report"`
	Period   string `json:"period"`
	Property string `json:"property"`
	Edition  int    `json:"edition"` // from 1; each approval of other rows is the next one
	By       string `json:"by"`
	On       string `json:"on"`    // date
	Night    string `json:"night"` // date of the night whose rows are approved
	Rows     string `json:"rows"`  // their digest
}

// Date is the day of the approval.
func (a Approval) Date() time.Time { return date(a.On) }

// NightDate is the night whose rows are approved.
func (a Approval) NightDate() time.Time { return date(a.Night) }

func date(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{} // Read has refused what is no date
	}
	return t
}

func folder(home string) string { return filepath.Join(home, "archive", "approvals") }

// Read gives all approvals of a home folder by report, period, property and edition.
func Read(home string) ([]Approval, error) {
	names, err := filepath.Glob(filepath.Join(folder(home), "*.json"))
	if err != nil {
		return nil, err
	}
	var list []Approval
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var a Approval
		if err := json.Unmarshal(content, &a); err != nil {
			return nil, fault.At(name, err)
		}
		if a.Date().IsZero() || a.NightDate().IsZero() {
			return nil, fmt.Errorf("%s: it holds no date", name)
		}
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b Approval) int {
		return cmp.Or(cmp.Compare(a.Report, b.Report), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Property, b.Property), cmp.Compare(a.Edition, b.Edition))
	})
	return list, nil
}

// Of gives the approvals of one notice, by edition.
func Of(all []Approval, report, period, property string) []Approval {
	var list []Approval
	for _, a := range all {
		if a.Report == report && a.Period == period && a.Property == property {
			list = append(list, a)
		}
	}
	return list
}

// Write records an approval. A file that is there is never overwritten.
func (a Approval) Write(home string) error {
	if err := os.MkdirAll(folder(home), 0o755); err != nil {
		return err
	}
	content, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(folder(home), fmt.Sprintf("%s_%s_%s_%d.json", a.Report, a.Period, a.Property, a.Edition))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if errors.Is(err, fs.ErrExist) {
		return fault.Newf(fault.Usage, "edition %d of %s %s %s is approved already", a.Edition, a.Report, a.Period, a.Property)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(append(content, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}
