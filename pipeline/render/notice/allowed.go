package notice

import (
	"slices"
	"strings"
)

// printable are the columns that a notice may read: dimensions, periods, what staff wrote for the board, words that choose a sentence,
// counts and rates that a public relation has made safe. Others have to be named in the configuration, notices.columns.
var printable = []string{
	"property", "zone", "category", "root_cause", "domain", "metric", "kind", "code", "zh_hant", "zh_hans", "en",
	"period", "label", "span", "position", "window_days", "min_count", "published_on",
	"title", "location", "public_text", "state", "planned_from", "planned_to", "done_on", "opened_on", "updated_on",
	"value", "reading", "before", "was", "now", "year_before", "target", "change", "below_floor", "shortfall", "remedy", "what", "next_target",
	"complaints", "complaints_before", "complaints_year_before", "repairs", "praise", "tickets", "share",
	"repairs_before", "activity_type", "held", "respond_within", "complete_within",
	"repair_on_time", "rework", "satisfied", "done", "in_progress", "postponed", "planned", "late",
}

// suffixes of columns that say how another one reads or which sentence fits.
var suffixes = []string{"_case", "_reading", "_before", "_small"}

// personal are columns that point at a ticket or a person. No configuration allows them.
var personal = []string{
	"reporter_name", "reporter_phone", "phone", "building", "unit", "room", "place", "description", "resolution", "summary", "issue", "name", "participants",
	"technician", "owner", "responsible_person", "responsible_team", "caller", "inspector", "desk", "extra", "touchpoint", "decided_by", "email", "manager",
}

type permission int

const (
	allowed permission = iota
	unknown
	forbidden
)

// permitted tells whether a notice may read a column.
func permitted(column string, more []string) permission {
	switch {
	case slices.Contains(personal, column) || strings.HasSuffix(column, "_id"):
		return forbidden
	case slices.Contains(printable, column) || slices.Contains(more, column):
		return allowed
	}
	for _, s := range suffixes {
		if base, is := strings.CutSuffix(column, s); is && (s == "_case" || permitted(base, more) == allowed) {
			return allowed
		}
	}
	return unknown
}
