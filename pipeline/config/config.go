// Package config reads noticeboard.yaml: strict, versioned, every problem at once.
//
// It does not read exports, reference files, queries or templates, and it looks nowhere but in the file it is given.
//
// Invariant: without a file, Default is the whole configuration; a file changes only what it names.
package config

import (
	"slices"
	"time"
)

// Config is the whole configuration.
type Config struct {
	Version    int               `yaml:"version"`
	Company    Names             `yaml:"company"`
	TimeZone   string            `yaml:"time_zone"` // IANA name
	Region     string            `yaml:"region"`    // CN, TW or HK: which calendar of working days; "file": the reference file calendar alone
	Languages  []string          `yaml:"languages"` // of all reports; the first is the default
	Property   string            `yaml:"property"`  // of rows that name none
	Properties []Property        `yaml:"properties"`
	Sources    []Source          `yaml:"sources"`
	Reports    map[string]Report `yaml:"reports"` // by report id
	Metrics    Metrics           `yaml:"metrics"`
	Notices    Notices           `yaml:"notices"`
	Warehouse  Warehouse         `yaml:"warehouse"`
	Limits     Limits            `yaml:"limits"`

	file  string         // the file that was read, as problems name it; empty for Default
	lines map[string]int // dotted path → line of what the file says
}

// Names is a name in three languages. An empty one falls back to the first that is there.
type Names struct {
	ZhHant string `yaml:"zh-Hant"`
	ZhHans string `yaml:"zh-Hans"`
	En     string `yaml:"en"`
}

// In gives the name in a language.
func (n Names) In(language string) string {
	order := []string{n.ZhHant, n.ZhHans, n.En}
	switch language {
	case "zh-Hans":
		order = []string{n.ZhHans, n.ZhHant, n.En}
	case "en":
		order = []string{n.En, n.ZhHant, n.ZhHans}
	}
	for _, name := range order {
		if name != "" {
			return name
		}
	}
	return ""
}

// Property is one estate: the code that reports and file names use, and the names that exports write.
type Property struct {
	Code    string   `yaml:"code"`
	Names   Names    `yaml:"names"`
	Aliases []string `yaml:"aliases"` // further spellings in exports
	Posting Posting  `yaml:"posting"`
}

// Posting holds what a public notice of the property must carry. Offices only, never persons.
type Posting struct {
	Office          Names  `yaml:"office"`
	Telephone       string `yaml:"telephone"`
	ComplaintLine   string `yaml:"complaint_line"`
	OwnersCommittee Names  `yaml:"owners_committee"`
	AuthorityLine   Names  `yaml:"authority_line"`
	Web             string `yaml:"web"` // printed as a QR code where it is set
}

// Source says where exports of one kind are, and how to read them where the defaults don't.
type Source struct {
	Name        string                       `yaml:"name"`
	Kind        string                       `yaml:"kind"`
	Path        string                       `yaml:"path"`  // folder or file, relative to the home folder; empty: inbox/<kind>
	Files       string                       `yaml:"files"` // glob on the file's name; empty: all
	Property    string                       `yaml:"property"`
	Columns     map[string]string            `yaml:"columns"`   // field → header; overrides every alias. "-" leaves a field without a column
	Constants   map[string]string            `yaml:"constants"` // field → value for every row, where the export has no such column
	Values      map[string]map[string]string `yaml:"values"`    // field → value as written → code
	Encoding    string                       `yaml:"encoding"`
	Delimiter   string                       `yaml:"delimiter"`
	Sheet       string                       `yaml:"sheet"`
	HeaderRow   int                          `yaml:"header_row"`
	DateOrder   string                       `yaml:"date_order"` // ymd (default), dmy, mdy, roc
	IDPrefix    string                       `yaml:"id_prefix"`
	FileDate    string                       `yaml:"file_date"` // of files whose name holds no date
	FreshWithin time.Duration                `yaml:"fresh_within"`
	StopAfter   time.Duration                `yaml:"stop_after"` // an older newest event, or none, ends the night; 0: never
}

// Report overrides what a template says of a report.
type Report struct {
	Languages []string `yaml:"languages"`
	Papers    []string `yaml:"papers"`    // of a notice: A4 (default), A3
	Bilingual bool     `yaml:"bilingual"` // of a notice: English beside each Chinese language, on one sheet
	// Personal says whether columns with residents' names and telephones are shown or hidden; empty: shown where the work needs them.
	Personal    string `yaml:"personal"`
	PasswordEnv string `yaml:"password_env"` // of a workbook: the environment variable that holds the password to open it
}

// The two values of Report.Personal.
const Shown, Hidden = "shown", "hidden"

// calling lists the reports whose readers call residents, or hand their rows in again.
var calling = []string{"R1", "R11"}

// Personal tells whether a report shows residents' names and telephones.
func (c Config) Personal(report string) bool {
	if own := c.Reports[report].Personal; own != "" {
		return own == Shown
	}
	return slices.Contains(calling, report)
}

// Metrics holds the settings of metrics.
type Metrics struct {
	ReworkWindowDays int                `yaml:"rework_window_days"`
	AppointmentGrace int                `yaml:"appointment_grace_minutes"`
	LoopDays         int                `yaml:"loop_days"`
	DetailDays       int                `yaml:"detail_days"`
	WorkingHours     []string           `yaml:"working_hours"` // "08:30-12:00"
	PublicMinCount   int                `yaml:"public_min_count"`
	MinTickets       int                `yaml:"min_tickets"`
	MinJobs          int                `yaml:"min_jobs"`
	CloseDay         int                `yaml:"close_day"`
	ZoneWeights      map[string]float64 `yaml:"zone_weights"`
	KPIs             []string           `yaml:"kpis"`
}

// Notices holds what all public notices share.
type Notices struct {
	PostingDays int    `yaml:"posting_days"`
	PostingRule string `yaml:"posting_rule"` // the rule that asks for it, as it should be cited
	// A font for characters that the shipped ones lack, such as rare surnames: the name of a TrueType file in templates/fonts, without .ttf.
	FurtherFont string `yaml:"further_font"`
	// Words that a notice may say although they look like a resident's name, number or room.
	Allow []string `yaml:"allow"`
	// Columns of the house's own public relations that a notice may read.
	Columns []string `yaml:"columns"`
}

// Warehouse says what of the warehouse is published beside the reports.
type Warehouse struct {
	Publish string `yaml:"publish"` // figures, all or nothing
}

// What may be published of the warehouse.
const (
	PublishFigures = "figures" // no rows of single records, no persons
	PublishAll     = "all"     // every relation of mart
	PublishNothing = "nothing"
)

// Limits bounds what one export may ask of the machine.
type Limits struct {
	MaxRejectShare float64       `yaml:"max_reject_share"`
	UnpackedBytes  int64         `yaml:"unpacked_bytes"`
	UnpackedRatio  int64         `yaml:"unpacked_ratio"`
	SheetRows      int           `yaml:"sheet_rows"`
	Columns        int           `yaml:"columns"`
	CellBytes      int           `yaml:"cell_bytes"`
	Settle         time.Duration `yaml:"settle"`
	MemoryMB       int           `yaml:"memory_mb"` // of DuckDB
}

// Default is the configuration of a home folder without noticeboard.yaml. It doesn't depend on the machine.
func Default() Config {
	return Config{
		Version: 1, TimeZone: "Asia/Shanghai", Region: "CN", Languages: []string{"zh-Hant"}, Property: "P01",
		Metrics: Metrics{
			ReworkWindowDays: 30, AppointmentGrace: 120, LoopDays: 14, DetailDays: 400,
			WorkingHours:   []string{"08:30-12:00", "13:30-17:30"},
			PublicMinCount: 5, MinTickets: 5, MinJobs: 20, CloseDay: 3,
			ZoneWeights: map[string]float64{
				"complaints_per_100_households": 15, "missed_orders": 10, "on_time": 20, "rework": 15,
				"callback_on_time": 10, "satisfied": 15, "inspection_score": 15,
			},
			KPIs: []string{
				"complaints", "complaints_per_100_households", "repairs", "on_time", "response_on_time", "emergency_arrival", "common_on_time",
				"open_tickets", "overdue", "rework", "callback_on_time", "satisfied", "complete_loop", "missed_orders", "inspection_score", "fees_charged",
			},
		},
		Notices:   Notices{PostingDays: 30},
		Warehouse: Warehouse{Publish: PublishFigures},
		Limits: Limits{
			MaxRejectShare: 0.05, UnpackedBytes: 2 << 30, UnpackedRatio: 100, SheetRows: 1048576, Columns: 16384, CellBytes: 1 << 20,
			Settle: 5 * time.Second, MemoryMB: 3584,
		},
	}
}

// PropertyName gives the name of a property in a language; its code where it has none.
func (c Config) PropertyName(code, language string) string {
	for _, p := range c.Properties {
		if p.Code == code {
			if name := p.Names.In(language); name != "" {
				return name
			}
		}
	}
	return code
}

// PostingOf gives the posting fields of a property, empty where the configuration has none.
func (c Config) PostingOf(code string) Posting {
	for _, p := range c.Properties {
		if p.Code == code {
			return p.Posting
		}
	}
	return Posting{}
}
