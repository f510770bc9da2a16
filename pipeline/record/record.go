// Package record names the kinds of record that exports hold, and their canonical fields.
//
// It reads nothing and judges nothing: header names live in the aliases of land, meanings in the models.
//
// Invariant: the columns of a landed Parquet file are those of its kind, in this order, whatever the export looked like; those of fields
// that the export doesn't have are left out.
package record

// Type says how the cells of a field are read.
type Type int

// The types of field.
const (
	Text   Type = iota // as given, trimmed
	Code               // as given, and the code that it means
	YesNo              // as given, and yes or no
	Score              // as given, and 1 to 5
	Stamp              // date and time of day, or a date alone
	Date               // a date
	Count              // a whole number
	Number             // DECIMAL(18,4)
	Money              // DECIMAL(14,2)
)

// Field is one canonical field.
type Field struct {
	Name     string
	Type     Type
	Required bool
	Keyed    bool // its text key (NFKC, trimmed, case folded) is landed beside it
	Happened bool // a stamp of something that happened: it can't be later than the file's date
}

// Kind is a kind of record: one table of exports.
type Kind struct {
	Name   string
	Fields []Field
}

// Column is a column of a landed Parquet file with its DuckDB type.
type Column struct {
	Name string
	Type string
}

func text(name string) Field   { return Field{Name: name, Type: Text} }
func keyed(name string) Field  { return Field{Name: name, Type: Text, Keyed: true} }
func code(name string) Field   { return Field{Name: name, Type: Code} }
func yesNo(name string) Field  { return Field{Name: name, Type: YesNo} }
func stamp(name string) Field  { return Field{Name: name, Type: Stamp, Happened: true} }
func plan(name string) Field   { return Field{Name: name, Type: Stamp} }
func date(name string) Field   { return Field{Name: name, Type: Date, Happened: true} }
func planOn(name string) Field { return Field{Name: name, Type: Date} }
func count(name string) Field  { return Field{Name: name, Type: Count} }
func money(name string) Field  { return Field{Name: name, Type: Money} }
func number(name string) Field { return Field{Name: name, Type: Number} }

func required(f Field) Field {
	f.Required = true
	return f
}

// Kinds lists the kinds of record, in the order in which reports speak of them.
func Kinds() []Kind {
	return []Kind{
		{"tickets", []Field{
			required(text("ticket_id")), keyed("property"), required(code("kind")), text("channel"), keyed("zone"),
			keyed("building"), keyed("unit"), keyed("room"), keyed("location"), code("scope"), keyed("category"), keyed("subcategory"), code("priority"),
			keyed("description"), keyed("resolution"), text("reporter_name"), text("reporter_phone"),
			required(stamp("registered_at")), plan("appointment_at"), stamp("dispatched_at"), stamp("accepted_at"), stamp("arrived_at"),
			stamp("completed_at"), stamp("closed_at"), code("status"), text("responsible_team"), text("responsible_person"), text("technician"),
			count("dispatch_count"), code("outcome"), keyed("root_cause"), text("delay_reason"), code("close_type"), count("urged_count"), count("reopened_count"),
			money("fee_quoted"), money("fee_charged"), text("rework_of"), text("merged_into"), stamp("updated_at"),
		}},
		{"callbacks", []Field{
			required(text("callback_id")), keyed("property"), required(text("ticket_id")), required(stamp("called_at")), text("caller"), keyed("method"),
			yesNo("reached"), yesNo("resolved"), {Name: "satisfaction", Type: Score}, yesNo("fee_reasonable"), text("issue_category"), keyed("issue"), stamp("updated_at"),
		}},
		{"inspections", []Field{
			required(text("inspection_id")), keyed("property"), required(code("domain")), keyed("zone"), keyed("touchpoint"), keyed("item"),
			plan("planned_at"), stamp("inspected_at"), text("inspector"), code("result"), number("score"), number("max_score"), keyed("issue"),
			text("ticket_id"), stamp("rectified_at"), stamp("updated_at"),
		}},
		{"register", []Field{
			required(text("register_id")), keyed("property"), text("desk"), required(stamp("entered_at")), code("kind"),
			keyed("building"), keyed("unit"), keyed("room"), keyed("location"), text("phone"), text("summary"), text("ticket_id"),
		}},
		{"activities", []Field{
			required(text("activity_id")), keyed("property"), required(keyed("type")), keyed("zone"), planOn("planned_on"), date("held_on"), count("participants"), text("note"),
		}},
		{"works", []Field{
			required(text("work_id")), keyed("property"), required(text("title")), keyed("zone"), text("location"), code("state"),
			planOn("planned_from"), planOn("planned_to"), date("done_on"), text("public_text"),
		}},
		{"topics", []Field{
			required(text("topic_id")), keyed("property"), required(text("title")), code("state"), date("opened_on"), date("updated_on"), text("public_text"),
		}},
		{"actions", []Field{
			keyed("property"), required(text("ticket_id")), keyed("root_cause"), text("solution"), text("responsible_person"), required(planOn("promised_on")),
		}},
	}
}

// Find gives the kind of that name.
func Find(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// Field gives the field of that name.
func (k Kind) Field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Columns lists the columns of the kind's landed Parquet files: for each field its value and what was read from it, then
//
//	extra       VARCHAR  JSON object of the cells that no alias names, by header; null when there are none
//	content     UUID     digest of the canonical values and extra (a running-number column aside): equal content, equal row
//	landed      BIGINT   key of the landed file
//	src_row     BIGINT   1-based number of the data row in the export, over all its sheets and members
//	src_within  VARCHAR  sheet or member that its line is of, with the sign between them: "sheet!", "member.csv:"; left out for a lone text
//	src_line_no INTEGER  1-based line of the text, or row of the sheet, on which the record begins
//
// What stands in every row is a number where it can be one: a text takes the engine several times as long.
func (k Kind) Columns() []Column {
	var cols []Column
	for _, f := range k.Fields {
		cols = append(cols, f.columns()...)
	}
	return append(cols, Column{"extra", "VARCHAR"}, Column{"content", "UUID"}, Column{"landed", "BIGINT"}, Column{"src_row", "BIGINT"}, Column{"src_within", "VARCHAR"}, Column{"src_line_no", "INTEGER"})
}

// Relation lists the columns of raw.<kind>: those of the landed files, the last two as one:
//
//	src_line VARCHAR  where the record begins, as a person would look it up: "812", "sheet!12", "member.csv:812"
func (k Kind) Relation() []Column {
	cols := k.Columns()
	return append(cols[:len(cols)-2], Column{"src_line", "VARCHAR"})
}

// Keys names the column of a key and that of its text, zone_key → zone: where the key's is null, the text is its own key.
func (k Kind) Keys() map[string]string {
	keys := map[string]string{}
	for _, f := range k.Fields {
		for _, c := range f.columns() {
			if c.Name == f.Name+"_key" {
				keys[c.Name] = f.Name
			}
		}
	}
	return keys
}

// columns: what is landed of one field. <f>_key is null where the text is its own key. <f>_code is null where the cell is empty or means no known code; <f>_day is true where
// a stamp has no time of day (it is then that date's 00:00), null where there is no stamp.
func (f Field) columns() []Column {
	switch f.Type {
	case Code, YesNo:
		return []Column{{f.Name, "VARCHAR"}, {f.Name + "_code", "VARCHAR"}}
	case Score:
		return []Column{{f.Name, "VARCHAR"}, {f.Name + "_score", "INTEGER"}}
	case Stamp:
		return []Column{{f.Name, "TIMESTAMP"}, {f.Name + "_day", "BOOLEAN"}}
	case Date:
		return []Column{{f.Name, "DATE"}}
	case Count:
		return []Column{{f.Name, "INTEGER"}}
	case Number:
		return []Column{{f.Name, "DECIMAL(18,4)"}}
	case Money:
		return []Column{{f.Name, "DECIMAL(14,2)"}}
	default:
		cols := []Column{{f.Name, "VARCHAR"}}
		if f.Keyed {
			cols = append(cols, Column{f.Name + "_key", "VARCHAR"})
		}
		return cols
	}
}

// RejectColumns lists the columns of the rejects: one row per rejected row and reason.
//
//	reason  required_missing, unreadable_date, unreadable_number, completed_before_registered, after_file_date
//	field   the canonical field; header is the column's name in the export, value its raw text
//	col     the position of that column in the export, from 0; null where no column is at fault
//
// and then the row, as RowColumns has it.
func RejectColumns() []Column {
	reason := []Column{{"reason", "VARCHAR"}, {"field", "VARCHAR"}, {"header", "VARCHAR"}, {"value", "VARCHAR"}, {"col", "INTEGER"}}
	rows := RowColumns()
	return append(append(append([]Column{}, rows[:4]...), reason...), rows[4:]...)
}

// RowColumns lists the columns of rows kept as they stand in an export.
//
//	id      of the record, ticket_id that of its ticket, property_key the text key of its property; null where the row doesn't say
//	cells   JSON array of the cells, by the position of their column
func RowColumns() []Column {
	return []Column{
		{"landed", "BIGINT"}, {"kind", "VARCHAR"}, {"src_row", "BIGINT"}, {"src_line", "VARCHAR"},
		{"id", "VARCHAR"}, {"ticket_id", "VARCHAR"}, {"property_key", "VARCHAR"}, {"cells", "VARCHAR"},
	}
}

// MendColumns lists the columns that say which rows of which exports the rows of a file mend.
//
//	mended_digest  the first characters of the export's digest; mended_row counts its rows as src_row does
func MendColumns() []Column {
	return []Column{{"landed", "BIGINT"}, {"kind", "VARCHAR"}, {"src_row", "BIGINT"}, {"mended_digest", "VARCHAR"}, {"mended_row", "BIGINT"}}
}
