package land

import (
	"context"
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
)

//go:embed sql/*.sql
var statements embed.FS

// statement reads a statement and fills its places: column lists differ from file to file.
func statement(name string, places ...string) string {
	content, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err)
	}
	return strings.NewReplacer(places...).Replace(string(content))
}

const separator = ",\n    "

// givenView makes the view of the fields' texts.
func givenView(fields []field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.raw+" as "+duck.Name("r_"+f.Name))
		for _, p := range f.parts {
			list = append(list, p.raw+" as "+duck.Name("r_"+p.Name))
		}
		for i, v := range f.voids {
			list = append(list, fmt.Sprintf("%s as %s", v, duck.Name(fmt.Sprintf("v_%s_%d", f.Name, i))))
		}
	}
	return statement("given", "{fields}", strings.Join(list, separator))
}

// judge makes judged, as a table or a view.
func (l layout) judge(ctx context.Context, db *duck.DB, what string, fields []field, fileDate time.Time) error {
	present := map[string]field{}
	var values, joins []string
	timed, kept, passing := []string{"*"}, []string{l.extra(true) + " as said"}, []string{"said"}
	for _, f := range fields {
		present[f.Name] = f
		timed = append(timed, f.timed()...)
		v, j := f.typed()
		values, joins = append(values, v...), append(joins, j...)
		for _, g := range append([]field{f}, f.parts...) {
			kept = append(kept, g.rawName())
			passing = append(passing, duck.Name("r_"+g.Name))
		}
	}
	var bad []string
	for _, c := range l.checks(fields, fileDate) {
		bad = append(bad, "coalesce("+c.condition+", false)")
	}
	return db.Exec(ctx, statement("judged", "{what}", what, "{timed}", strings.Join(timed, ",\n        "), "{values}", strings.Join(values, ",\n        "),
		"{extra}", l.extra(false), "{kept}", strings.Join(kept, ",\n        "), "{joins}", strings.Join(joins, "\n    "), "{passing}", strings.Join(passing, ", "),
		"{content}", l.content(l.kind.Fields, present, "said"), "{bad}", strings.Join(bad, "\n        or ")))
}

// columnsOf lists the landed columns of one field.
func columnsOf(f record.Field) []record.Column {
	all := record.Kind{Fields: []record.Field{f}}.Columns()
	return all[:len(all)-len(record.Kind{}.Columns())]
}

// typed gives the landed columns of a field as expressions over given (g), and the joins to what was read one distinct text at a
// time: moments, figures, meanings, folded.
func (f field) typed() (values, joins []string) {
	raw := f.rawName()
	as := func(expression, suffix string) string { return expression + " as " + duck.Name(f.Name+suffix) }
	switch f.Type {
	case record.Code, record.YesNo:
		return []string{as(raw, ""), as(f.code(), "_code")}, f.joins("meanings")
	case record.Score:
		return []string{as(raw, ""), as("try_cast("+f.joined("code", "varchar")+" as integer)", "_score")}, f.joins("meanings")
	case record.Stamp:
		return []string{
			as("coalesce("+f.timedName("t_")+", "+f.timedName("d_")+", "+f.joined("moment", "timestamp")+")", ""),
			as("case when coalesce("+f.timedName("t_")+", "+f.timedName("d_")+", "+f.joined("moment", "timestamp")+") is not null then "+
				f.timedName("t_")+" is null and coalesce("+f.joined("is_day", "boolean")+", true) end", "_day"),
		}, f.joins("moments")
	case record.Date:
		return []string{as("coalesce("+f.timedName("t_")+", "+f.timedName("d_")+", "+f.joined("moment", "timestamp")+")::date", "")}, f.joins("moments")
	case record.Count, record.Number, record.Money:
		return f.number()
	}
	values = []string{as(raw, "")}
	switch {
	case f.Keyed && f.allFolded:
		return append(values, as(f.joined("folded", "varchar"), "_key")), f.joins("folded")
	case f.Keyed:
		return append(values, as("coalesce("+f.joined("folded", "varchar")+", key_of("+raw+"))", "_key")), f.joins("folded")
	}
	return values, nil
}

// joined is a column of what was read one text at a time, where anything was.
func (f field) joined(column, kind string) string {
	if !f.slow {
		return "null::" + kind
	}
	return duck.Name("m_"+f.Name) + "." + column
}

func (f field) joins(table string) []string {
	if !f.slow {
		return nil
	}
	alias := duck.Name("m_" + f.Name)
	return []string{fmt.Sprintf("left join %s as %s on %s.field = %s and %s.text = %s", table, alias, alias, duck.Literal(f.Name), alias, f.rawName())}
}

func (f field) code() string {
	code := f.joined("code", "varchar")
	for i := range f.voids {
		code = fmt.Sprintf("case when g.%s then 'void' else %s end", duck.Name(fmt.Sprintf("v_%s_%d", f.Name, i)), code)
	}
	return code
}

// timed gives what the engine reads of a moment by itself, with a time of day and without.
func (f field) timed() []string {
	if !isMoment(f.Field) {
		return nil
	}
	return []string{
		moment(duck.Name("r_"+f.Name), f.clocks) + " as " + duck.Name("t_"+f.Name),
		moment(duck.Name("r_"+f.Name), f.days) + " as " + duck.Name("d_"+f.Name),
	}
}

func (f field) timedName(prefix string) string { return "g." + duck.Name(prefix+f.Name) }

func (f field) clock() string { return moment(f.rawName(), f.clocks) }
func (f field) day() string   { return moment(f.rawName(), f.days) }

func moment(raw string, formats []string) string {
	if len(formats) == 0 {
		return "null::timestamp"
	}
	if !slices.ContainsFunc(formats, func(f string) bool { return f != "%Y-%m-%d %H:%M" && f != "%Y-%m-%d %H:%M:%S" }) {
		return "iso_clock(" + raw + ")"
	}
	return "moment(" + raw + ", " + strings.TrimSuffix(duck.Literal(formats), "::varchar[]") + ")"
}

// number gives a numeric field, summed up where it has several columns.
func (f field) number() (values, joins []string) {
	if len(f.parts) == 0 {
		return []string{f.figure() + " as " + duck.Name(f.Name)}, f.joins("figures")
	}
	var filled, sum []string
	for _, p := range f.parts {
		filled, sum = append(filled, p.figure()), append(sum, "coalesce("+p.figure()+", 0)")
		joins = append(joins, p.joins("figures")...)
	}
	return []string{fmt.Sprintf("case when coalesce(%s) is not null then (%s)::%s end as %s",
		strings.Join(filled, ", "), strings.Join(sum, " + "), columnsOf(f.Field)[0].Type, duck.Name(f.Name))}, joins
}

// plainFigure is the text where the engine reads it as the number it is.
func (f field) plainFigure() string {
	if f.Type == record.Count {
		return "whole(" + f.rawName() + ")" // the engine would round 2.5
	}
	return "figure(" + f.rawName() + ")"
}

func (f field) figure() string {
	return fmt.Sprintf("try_cast(coalesce(%s, %s) as %s)", f.plainFigure(), f.joined("figure", "varchar"), columnsOf(f.Field)[0].Type)
}

// reject makes the table rejected.
func (l layout) reject(ctx context.Context, db *duck.DB, fields []field, fileDate time.Time, key string) error {
	var reasons, cells []string
	for _, c := range l.checks(fields, fileDate) {
		reasons = append(reasons, fmt.Sprintf("select n, place, %s as reason, %s as field, %s as header, replace(%s, %s, '') as value from bad where %s",
			duck.Literal(c.reason), duck.Literal(c.field), orNull(c.header), c.value, duck.Literal(midnightMark), c.condition))
	}
	for i := range l.loaded {
		cells = append(cells, fmt.Sprintf("coalesce(replace(c.c%d, %s, ''), regexp_extract(c.signs, ';%d:([^;]*)', 1), '')", i, duck.Literal(midnightMark), i))
	}
	return db.Exec(ctx, statement("rejected", "{reasons}", strings.Join(reasons, "\n    union all\n    "),
		"{landed}", duck.Literal(key), "{kind}", duck.Literal(l.kind.Name), "{cells}", strings.Join(cells, ", ")))
}

func orNull(s string) string {
	if s == "" {
		return "null::varchar"
	}
	return duck.Literal(s)
}

// presentNames lists the canonical fields that the file has a column for, by kind.
func (l layout) presentNames(fields []field) map[string][]string {
	names := map[string][]string{}
	for _, f := range fields {
		kind := l.kind.Name
		if _, own := l.kind.Field(f.Name); !own {
			kind = "callbacks"
		}
		names[kind] = append(names[kind], f.Name)
	}
	if list, there := names["callbacks"]; there && l.kind.Name == "tickets" {
		list = append(list, "callback_id", "ticket_id")
		for _, shared := range []string{"property", "updated_at"} {
			if l.has(shared) {
				list = append(list, shared)
			}
		}
		names["callbacks"] = list
	}
	for _, kind := range slices.Collect(maps.Keys(names)) {
		slices.Sort(names[kind])
	}
	return names
}
