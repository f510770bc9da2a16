// Package handoff holds what one room of the night hands to the next: values only.
//
// It does nothing, opens nothing and imports no room.
//
// Invariant: a value that was handed on is not changed by the room that receives it.
package handoff

import "time"

// File is one export as it lies in the archive.
type File struct {
	Source string    // the configured name, else the kind
	Kind   string    // record.Kind.Name
	Name   string    // as delivered: path below the source's folder, with slashes
	Digest string    // sha256 of its bytes, hex
	Path   string    // absolute path of the archived copy
	Date   time.Time // the file's date: midnight UTC of its day
	Size   int64     // bytes

	HandedIn time.Time // modification time when it was first pulled: of two corrections of one row, the later counts
	Gone     bool      // its source doesn't hold it any more: it was taken out, or another stands in its place
}

// Delivery is what pull hands to land: every archived export with a file date, old ones and new ones, in the fixed order
// file date, source, name, digest.
type Delivery struct {
	Files []File
	New   int // of these, pulled in this run
	Seen  int // of these, lying where they lay when they were pulled
	Left  []Left
}

// Left is a file that was not pulled, and why.
type Left struct {
	Source, Name, Reason string
}

// Refusal says why a file was refused whole, and what to do.
type Refusal struct {
	Reason  string // a stable word: empty, truncated, encrypted, no_header, wrong_kind, too_many_rejects, ...
	Message string
	Hint    string
}

// Landed is one export after landing. Read = Good + Rejected always holds; Read is counted by the decoder.
type Landed struct {
	File
	Key      int64               // name of the landed files: digest of the export and of all that reads it
	Tables   map[string]string   // kind → absolute path of its Parquet file of good rows (tickets may carry callbacks)
	Rejects  string              // absolute path of the Parquet file of rejects; empty when there are none
	Rows     string              // of a file refused for its many rejects: that of all its rows as they stand in it
	Mends    string              // of returned rows handed in again: that of which rows of which exports they mend
	Fields   map[string][]string // kind → canonical fields that the export has a column for
	Layout   Layout
	Read     int64
	Good     int64
	Rejected int64
	Refused  *Refusal          // then the counts are 0 and Tables is empty
	Replaces string            // digest of the export refused whole for which this file is handed in
	From     map[string]string // of returned rows: digest in a reference → how that export is read; empty for one that isn't known
	Replaced string            // name of the file that was handed in for this one; then the counts are 0 and Tables is empty
	Unmapped []Unmapped
	Notes    []Note
	Sums     map[string]string // base name of each landed file → its sha256, in receipts
}

// Layout is how an export is laid out.
type Layout struct {
	Header  [][]string // the cells of its header's row, or of its two rows
	Columns []Heading
}

// Heading is a column of an export: its name on one line, and the field that it serves; none for one that is kept in extra.
type Heading struct{ Name, Field string }

// Unmapped counts the rows in which a coded field holds a word that no list knows.
type Unmapped struct {
	Field, Value string
	Rows         int64
}

// Note is something worth a line in the log and, where it has an issue, a row of data quality.
type Note struct {
	Issue   string // control_total, left_out, unreadable_text, day_precision, drift, or empty
	Rows    int64
	Message string
}

// Landing is what land hands to model, in the delivery's order.
type Landing struct {
	Files []Landed
}

// Build is what model hands on: where the sealed warehouse lies, and what went into it.
type Build struct {
	Path    string // absolute path of the DuckDB file
	NightID string // digest of all inputs
	AsOf    time.Time
}

// Document is one rendered file of the staging folder.
type Document struct {
	Report   string // R1 … R11
	Name     string // file name below the folder of the night
	Title    string
	Property string // code, or * for the company
	Zone     string // code, or empty
	Period   string
	Language string
	Headline []string  // the sentences that a person should read first
	Warnings []string  // substituted characters, continued sheets
	Edition  int       // from 1
	Draft    bool      // not approved yet: it must not be posted
	RowsOf   time.Time // the date of the night whose rows it shows
	Reprint  bool      // of rows that an earlier night kept
	Said     []Said    // of a notice: what stands on it as a record says it
}

// Said is a text that a notice took from a relation as it stands there, and the block that shows it.
type Said struct {
	Block string // file and line of the template, and what the block is
	Text  string
}

// Pack is what render hands to publish: the staging folder and the files in it, in the order of the report ids.
type Pack struct {
	Folder    string
	Documents []Document
}

// Table is a small table that the plan or the archive brings into the warehouse: reference files, settings, what was published.
type Table struct {
	Name    string // schema.table
	Columns []Column
	Rows    [][]any // nil, string, bool, int, float64, time.Time (a date), []string; a DECIMAL as string
}

// Column is a column of a Table with its DuckDB type.
type Column struct{ Name, Type string }

// Published is what earlier nights kept of one table: its columns, and the Parquet files that hold its rows, oldest night first.
type Published struct {
	Table   string
	Columns []Column // without published_on, the date of the night, which comes first in the files
	Back    int      // how many nights back it is read; 0: all
	Files   []string
}
