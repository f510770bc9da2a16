package reference

import (
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/textkey"
)

// field is a column of a reference file, and of its table.
type field struct {
	name     string
	as       string // the table's column, where the name is a word that SQL reserves
	form     form
	required bool
	keyed    bool // its text key stands beside it, as <column>_key; the keys of a list as <column>_keys
}

func (f field) column() string {
	if f.as != "" {
		return f.as
	}
	return f.name
}

func (f field) keyColumn() string {
	if f.form.sql == list.sql {
		return f.column() + "_keys"
	}
	return f.column() + "_key"
}

// sheet is one reference file.
type sheet struct {
	name   string
	fields []field
	key    []string // rows that agree in these, and in valid_from where there is one, would contradict each other
}

// The words in which sheets are described.
func text(name string) field          { return field{name: name, form: plain} }
func keyed(name string) field         { return field{name: name, form: plain, keyed: true} }
func words(name string) field         { return field{name: name, form: list, keyed: true} }
func typed(name string, f form) field { return field{name: name, form: f} }
func code(name string) field          { return field{name: name, form: coded(name)} }
func codeOf(name, codes string) field { return field{name: name, form: coded(codes)} }
func property() field                 { return must(keyed("property")) }
func from() field                     { return typed("valid_from", date) }

func must(f field) field {
	f.required = true
	return f
}

func as(column string, f field) field {
	f.as = column
	return f
}

// named adds a name in each language.
func named(fields ...field) []field {
	return append(fields, keyed("name_zh_hant"), keyed("name_zh_hans"), keyed("name_en"))
}

// sheets lists the reference files in the order in which the description of exports names them.
func sheets() []sheet {
	return []sheet{
		{"zones", named(property(), must(keyed("zone")), keyed("building"), typed("households", whole(0)), text("manager"), text("email"), from()), []string{"property", "building"}},
		{"time_limits", []field{keyed("property"), code("kind"), code("scope"), keyed("category"), keyed("subcategory"), code("priority"), from(),
			typed("respond_minutes", whole(1)), typed("complete_minutes", whole(1)), code("clock"), text("citation")},
			[]string{"property", "kind", "scope", "category", "subcategory", "priority"}},
		{"root_causes", named(must(keyed("code")), words("words"), typed("attitude", yesNo)), []string{"code"}},
		{"categories", named(must(keyed("code")), typed("standard_hours", decimal), typed("rework_window_days", whole(1)), typed("callback_required", yesNo), from()), []string{"code"}},
		{"staff", []field{must(text("name")), text("role"), keyed("zone"), text("email")}, nil},
		{"targets", []field{must(text("metric")), must(typed("target", number)), must(typed("floor", number)), from()}, []string{"metric"}},
		{"measures", named(must(typed("number", whole(1))), as("measure_group", text("group")), text("evidence")), []string{"number"}},
		{"activity_types", named(must(keyed("code")), words("words")), []string{"code"}},
		{"inspection_plan", []field{property(), must(code("domain")), must(keyed("touchpoint")), must(typed("times", whole(1))), must(code("per")), from()},
			[]string{"property", "domain", "touchpoint", "per"}},
		{"rework_decisions", []field{property(), must(text("ticket_id")), must(text("returned_ticket_id")), must(typed("counts", yesNo)), text("decided_by"), text("reason"),
			typed("decided_on", date)}, nil},
		{"calendar", []field{must(typed("date", date)), must(codeOf("kind", "day")), text("name")}, []string{"date"}},
	}
}

func (s sheet) field(name string) (field, bool) {
	for _, f := range s.fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

func (s sheet) has(name string) bool {
	_, there := s.field(name)
	return there
}

// isNamed tells whether rows have a name in each language; a file may then write "name" for all three.
func (s sheet) isNamed() bool { return s.has("name_zh_hant") }

func (s sheet) takes(name string) bool { return s.has(name) || name == "name" && s.isNamed() }

// names lists the columns that a file of the sheet may have.
func (s sheet) names() []string {
	var list []string
	for _, f := range s.fields {
		list = append(list, f.name)
	}
	if s.isNamed() {
		list = append(list, "name")
	}
	return list
}

// table writes rows as ref.<name>: row_no, each field, and its text key where it has one.
func (s sheet) table(rows []row) handoff.Table {
	t := handoff.Table{Name: "ref." + s.name, Columns: []handoff.Column{{Name: "row_no", Type: "INTEGER"}}}
	for _, f := range s.fields {
		t.Columns = append(t.Columns, handoff.Column{Name: f.column(), Type: f.form.sql})
		if f.keyed {
			t.Columns = append(t.Columns, handoff.Column{Name: f.keyColumn(), Type: f.form.sql})
		}
	}
	if s.name == "targets" {
		t.Columns = append(t.Columns, handoff.Column{Name: "is_default", Type: "BOOLEAN"})
	}
	for i, r := range rows {
		t.Rows = append(t.Rows, s.values(i+1, r))
	}
	return t
}

func (s sheet) values(number int, r row) []any {
	values := []any{number}
	for _, f := range s.fields {
		values = append(values, r.values[f.name])
		if f.keyed {
			values = append(values, keyOf(r.values[f.name]))
		}
	}
	if s.name == "targets" {
		values = append(values, r.line == 0)
	}
	return values
}

func keyOf(value any) any {
	switch v := value.(type) {
	case string:
		return textkey.Of(v)
	case []string:
		keys := make([]string, len(v))
		for i, word := range v {
			keys[i] = textkey.Of(word)
		}
		return keys
	default:
		return nil
	}
}
