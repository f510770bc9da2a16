// Package returned knows a workbook of returned rows again when it is handed in: which columns are ours, and which row of which
// export a row mends.
//
// It writes no workbook and reads none; that is for render and land, which both keep to what stands here.
//
// Invariant: a reference that was written is read as the same reference, in whatever language the columns are named.
package returned

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Mark ends the names of the columns that a workbook of returned rows puts before those of the export. No export has it, and it
// is the same in every language.
const Mark = "[R11]"

// Heading gives the name of such a column.
func Heading(name string) string { return name + " " + Mark }

// IsOurs tells whether a header is that of such a column.
func IsOurs(header string) bool {
	return strings.HasSuffix(strings.TrimSpace(norm.NFKC.String(header)), Mark)
}

// DigestLength is how much of an export's digest a reference carries.
const DigestLength = 12

// Reference names a row of an export. Of a file that was refused whole it says, too, how many rows there are, so that a file from
// which rows are missing isn't taken for it.
type Reference struct {
	Digest string // the first characters of it
	Row    int64
	Of     int64 // 0: the file was loaded but for some rows
}

// String is what stands in the cell.
func (r Reference) String() string {
	if r.Of > 0 {
		return fmt.Sprintf("%s:%d/%d", r.Digest, r.Row, r.Of)
	}
	return fmt.Sprintf("%s:%d", r.Digest, r.Row)
}

var form = regexp.MustCompile(`^([0-9a-f]{12}):(\d{1,9})(?:/(\d{1,9}))?$`)

// Parse reads a cell; a cell that is no reference gives false.
func Parse(cell string) (Reference, bool) {
	m := form.FindStringSubmatch(strings.ToLower(strings.TrimSpace(norm.NFKC.String(cell))))
	if m == nil {
		return Reference{}, false
	}
	r := Reference{Digest: m[1]}
	r.Row, _ = strconv.ParseInt(m[2], 10, 64)
	r.Of, _ = strconv.ParseInt(m[3], 10, 64)
	return r, r.Row > 0 && (m[3] == "" || r.Of > 0)
}

// In gives the reference among the cells of our columns.
func In(cells []string) (Reference, bool) {
	for _, c := range cells {
		if r, ok := Parse(c); ok {
			return r, true
		}
	}
	return Reference{}, false
}
