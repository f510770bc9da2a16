package land

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// Inspection is what an export is taken for.
type Inspection struct {
	File    handoff.File
	Format  string
	Kind    string // of record
	Guessed bool   // nobody said which kind it is
	Sheets  []string
	Line    int // of the header; 0 where none was found
	Columns []Inspected
	Missing []string // required fields that no column gives
	Notes   []string
	Landed  handoff.Landed
	Rows    []map[string]string // the first ones as they would load: field → value
	Rejects []Reject            // the first ones
	Refused *handoff.Refusal
}

// Inspected is a column of an export.
type Inspected struct {
	Name, Field string
	By          string // mapping, or the alias
	Reads       string // what an alias does beside naming the field: add up, or answer a question
	Precision   string // of a date column
	Sample      string // the first filled cell
}

// Reject is a reason for which a row would be returned.
type Reject struct{ Line, Column, Value, Reason string }

// shownRows is how many rows and rejects an inspection shows.
const shownRows = 5

// Inspect says what a file is taken for, and how its first rows would load. An empty kind is found: the one that has all it needs
// and names most fields.
func Inspect(ctx context.Context, plan Plan, f handoff.File, source config.Source) (Inspection, error) {
	dir, err := os.MkdirTemp("", "noticeboard-inspect")
	if err != nil {
		return Inspection{}, err
	}
	defer os.RemoveAll(dir)
	plan.Folder, plan.TempDir = dir, dir
	i := Inspection{File: f, Kind: f.Kind, Guessed: f.Kind == ""}
	book, err := decode.Open(f.Path, decode.Hints{Encoding: source.Encoding, Delimiter: source.Delimiter, TempDir: dir}, plan.Limits)
	if refused, ok := refusedAs(err); ok {
		i.Refused = refused
		return i, nil
	}
	if err != nil {
		return i, err
	}
	defer book.Close()
	i.Format = book.Format
	l, err := bestLayout(book, f.Kind, source)
	if refused, ok := refusedAs(err); ok {
		i.Refused, err = refused, nil
	}
	if err != nil {
		return i, err
	}
	i.Kind, i.File.Kind = l.kind.Name, l.kind.Name
	i.describe(l)
	if err := i.sample(l); err != nil {
		return i, err
	}
	if i.Refused == nil {
		return i, i.land(ctx, plan, source)
	}
	if i.Refused.Reason != "missing_column" || !i.lacksOnlyCodes(l) {
		return i, nil
	}
	// What a constant would mend needn't keep the rest from being shown.
	refused := i.Refused
	source.Constants = maps.Clone(source.Constants)
	for _, f := range i.Missing {
		if source.Constants == nil {
			source.Constants = map[string]string{}
		}
		source.Constants[f] = Unknown
	}
	err = i.land(ctx, plan, source)
	i.Refused = refused
	return i, err
}

// Unknown stands for what nobody has said yet.
const Unknown = "???"

// lacksOnlyCodes tells whether a value for all rows could stand for all that is missing.
func (i Inspection) lacksOnlyCodes(l layout) bool {
	return !slices.ContainsFunc(i.Missing, func(name string) bool {
		f, _ := l.kind.Field(name)
		return f.Type != record.Code
	})
}

// bestLayout lays the book out as the kind asked for, or as the kind that fits best.
func bestLayout(book *decode.Book, kind string, source config.Source) (layout, error) {
	if known, ok := record.Find(kind); ok {
		return layOut(book, known, source)
	}
	var best layout
	var refused error
	for _, k := range record.Kinds() {
		l, err := layOut(&decode.Book{Sheets: book.Sheets, Notes: book.Notes}, k, source)
		if _, is := refusedAs(err); err != nil && !is {
			return l, err
		}
		if better(l, err, best, refused) {
			best, refused = l, err
		}
	}
	return best, refused
}

// better compares two layouts: one that could load comes before one that couldn't, then the one that names more fields.
func better(l layout, err error, best layout, refused error) bool {
	if best.kind.Name == "" || (err == nil) != (refused == nil) {
		return best.kind.Name == "" || err == nil
	}
	return l.header.fields > best.header.fields
}

func (i *Inspection) describe(l layout) {
	i.Line, i.Notes = l.header.line, l.notes
	for _, s := range l.sheets {
		if s.Name != "" {
			i.Sheets = append(i.Sheets, s.Name)
		}
	}
	for at, name := range l.header.names {
		if name == "" {
			continue
		}
		c := Inspected{Name: name}
		for _, m := range l.matches {
			if slices.Contains(m.parts, at) {
				c.Field, c.By, c.Reads = m.field, l.by(m, at), m.reads
				break
			}
		}
		i.Columns = append(i.Columns, c)
	}
	for _, f := range l.kind.Fields {
		if f.Required && !l.has(f.Name) {
			i.Missing = append(i.Missing, f.Name)
		}
	}
}

// by says how a column came to serve a field.
func (l layout) by(m match, column int) string {
	if _, mapped := l.source.Columns[m.field]; mapped {
		return "mapping"
	}
	for _, kind := range []string{l.kind.Name, "callbacks"} {
		for _, a := range aliases()[kind] {
			if a.field != m.field || a.reads != m.reads {
				continue
			}
			for _, form := range l.header.forms[column] {
				if slices.Contains(a.names, form) {
					return "alias " + form
				}
			}
		}
	}
	return "alias"
}

// sample fills in the first filled cell of each column.
func (i *Inspection) sample(l layout) error {
	enough := errors.New("enough")
	left := 100
	_, err := l.gather(func(_ int64, r decode.Record) error {
		at := 0
		for column, name := range l.header.names {
			if name == "" {
				continue
			}
			if i.Columns[at].Sample == "" {
				i.Columns[at].Sample = cellAt(r.Cells, column)
			}
			at++
		}
		if left--; left == 0 {
			return enough
		}
		return nil
	})
	if refused, ok := refusedAs(err); ok && i.Refused == nil {
		i.Refused, err = refused, nil
	}
	if errors.Is(err, enough) {
		return nil
	}
	return err
}

// land lands the file aside, and reads back what became of it.
func (i *Inspection) land(ctx context.Context, plan Plan, source config.Source) error {
	source.Name, source.Kind = i.Kind, i.Kind
	plan.Sources, i.File.Source = []config.Source{source}, i.Kind
	landing, err := Run(ctx, plan, handoff.Delivery{Files: []handoff.File{i.File}})
	if err != nil {
		return err
	}
	i.Landed = landing.Files[0]
	i.Refused = i.Landed.Refused
	for _, n := range i.Landed.Notes {
		if !slices.Contains(i.Notes, n.Message) {
			i.Notes = append(i.Notes, n.Message)
		}
	}
	db, err := duck.Scratch(plan.TempDir, plan.Limits.MemoryMB)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, read := range []func(context.Context, *duck.DB) error{i.readRows, i.readPrecisions, i.readRejects} {
		if err := read(ctx, db); err != nil {
			return err
		}
	}
	return nil
}

// readRows reads the first good rows, and of each field what was made of it: a code beside its word.
func (i *Inspection) readRows(ctx context.Context, db *duck.DB) error {
	path, there := i.Landed.Tables[i.Kind]
	if !there {
		return nil
	}
	rows, err := db.Query(ctx, statement("first", "{path}", duck.Literal(path), "{rows}", fmt.Sprint(shownRows)))
	if err != nil {
		return err
	}
	for _, v := range rows.Values {
		row := map[string]string{}
		for at, name := range rows.Columns {
			if v[at] != nil {
				row[name] = fmt.Sprint(v[at])
			}
		}
		row["src_line"] = row["src_within"] + row["src_line_no"]
		delete(row, "src_within")
		delete(row, "src_line_no")
		i.Rows = append(i.Rows, row)
	}
	return nil
}

// readPrecisions says of each stamp column how many of its cells have a time of day.
func (i *Inspection) readPrecisions(ctx context.Context, db *duck.DB) error {
	for at, c := range i.Columns {
		kind, f, ok := i.stamp(c.Field)
		path, landed := i.Landed.Tables[kind]
		if !ok || !landed {
			continue
		}
		day := "true"
		if f.Type == record.Stamp {
			day = duck.Name(f.Name + "_day")
		}
		rows, err := db.Query(ctx, statement("precision", "{day}", day, "{stamp}", duck.Name(f.Name), "{path}", duck.Literal(path)))
		if err != nil {
			return err
		}
		days, times := rows.Values[0][0].(int64), rows.Values[0][1].(int64)
		switch {
		case times == 0 && days == 0:
			i.Columns[at].Precision = "empty"
		case times == 0:
			i.Columns[at].Precision = "date only"
		case days == 0:
			i.Columns[at].Precision = "date and time"
		default:
			i.Columns[at].Precision = fmt.Sprintf("%d with a time, %d date only", times, days)
		}
	}
	return nil
}

func (i *Inspection) stamp(name string) (kind string, f record.Field, ok bool) {
	for _, kind := range []string{i.Kind, "callbacks"} {
		k, _ := record.Find(kind)
		if f, ok := k.Field(name); ok && (f.Type == record.Stamp || f.Type == record.Date) {
			return kind, f, true
		}
	}
	return "", f, false
}

func (i *Inspection) readRejects(ctx context.Context, db *duck.DB) error {
	if i.Landed.Rejects == "" {
		return nil
	}
	rows, err := db.Query(ctx, statement("first_rejects", "{path}", duck.Literal(i.Landed.Rejects), "{rows}", fmt.Sprint(shownRows)))
	for _, v := range rows.Values {
		i.Rejects = append(i.Rejects, Reject{v[0].(string), v[1].(string), v[2].(string), v[3].(string)})
	}
	return err
}

// Mapping is the block of the configuration that says outright what was found, with what is still to be filled in.
func (i Inspection) Mapping(source config.Source) string {
	var b strings.Builder
	fmt.Fprintf(&b, "sources:\n  - name: %s\n    kind: %s\n    path: inbox/%s\n", i.Kind, i.Kind, i.Kind)
	for _, line := range []struct{ key, value string }{{"encoding", source.Encoding}, {"delimiter", source.Delimiter}, {"sheet", source.Sheet}, {"date_order", source.DateOrder}, {"id_prefix", source.IDPrefix}} {
		if line.value != "" {
			fmt.Fprintf(&b, "    %s: %q\n", line.key, line.value)
		}
	}
	if i.Refused != nil && i.Refused.Reason == "date_order" {
		b.WriteString("    # date_order: dmy           # dmy: day first, mdy: month first, roc: years counted from 1912\n")
	}
	b.WriteString("    columns:                    # field: header as it stands in the export\n")
	kind, _ := record.Find(i.Kind)
	for _, f := range fieldNames(kind) {
		if headers := i.headersOf(f); headers != "" {
			fmt.Fprintf(&b, "      %s: %q\n", f, headers)
		} else if slices.Contains(i.Missing, f) {
			fmt.Fprintf(&b, "      # %s:                     # required: a header, or several joined by +; or a value for all rows, below\n", f)
		}
	}
	if len(source.Constants) > 0 {
		b.WriteString("    constants:                  # one value for all rows\n")
		for _, f := range slices.Sorted(maps.Keys(source.Constants)) {
			fmt.Fprintf(&b, "      %s: %q\n", f, source.Constants[f])
		}
	}
	if len(i.Missing) > 0 {
		b.WriteString("    # constants:                # where the export has no such column: one value for all rows\n")
		for _, f := range i.Missing {
			fmt.Fprintf(&b, "    #   %s: %s\n", f, example(f))
		}
	}
	var extra, beside []string
	for _, c := range i.Columns {
		switch {
		case c.Field == "":
			extra = append(extra, c.Name)
		case c.Reads != "":
			beside = append(beside, c.Name+" ("+c.Field+")")
		}
	}
	if len(beside) > 0 {
		fmt.Fprintf(&b, "    # read by their aliases as well: %s\n", strings.Join(beside, ", "))
	}
	if len(extra) > 0 {
		fmt.Fprintf(&b, "    # kept in extra, not read as a field: %s\n", strings.Join(extra, ", "))
	}
	return b.String()
}

// headersOf joins the columns of a field, as a mapping names them. A column that is added up, or answers a question, is left to its
// alias: a mapping would take its text for the field's.
func (i Inspection) headersOf(field string) string {
	var names []string
	for _, c := range i.Columns {
		if c.Field == field && c.Reads == "" {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, " + ")
}

func fieldNames(kind record.Kind) []string {
	var names []string
	for _, k := range []string{kind.Name, "callbacks"} {
		of, _ := record.Find(k)
		for _, f := range of.Fields {
			if !slices.Contains(names, f.Name) && (k == kind.Name || kind.Name == "tickets") {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

// example is a value that a required field could have for all rows.
func example(field string) string {
	switch field {
	case "kind":
		return "complaint"
	case "domain":
		return "security"
	}
	return Unknown
}
