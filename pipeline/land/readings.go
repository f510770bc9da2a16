package land

import (
	"context"
	"fmt"
	"strings"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

// What the engine can't read set-wise is read here, one distinct text at a time, and joined.

// readings makes the tables moments, figures, meanings and folded. A date that could be read two ways refuses the file.
func (l layout) readings(ctx context.Context, db *duck.DB, fields []field, zone *time.Location) error {
	if err := l.moments(ctx, db, fields, zone); err != nil {
		return err
	}
	if err := figures(ctx, db, fields); err != nil {
		return err
	}
	if err := l.meanings(ctx, db, fields); err != nil {
		return err
	}
	return folded(ctx, db, fields)
}

// enough is how many cells of a column show how it is written.
const enough = 500

// recognise looks at the first cells of each stamp and finds the formats in which the engine can read them.
func recognise(ctx context.Context, db *duck.DB, fields []field) error {
	var parts []string
	for _, f := range fields {
		if isMoment(f.Field) {
			parts = append(parts, fmt.Sprintf("(select %s as field, %s as text from %s where %s is not null limit %d)", duck.Literal(f.Name), f.rawName(), f.alone(), f.rawName(), enough))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	rows, err := db.Query(ctx, strings.Join(parts, " union all "))
	if err != nil {
		return err
	}
	samples := map[string][]string{}
	for _, r := range rows.Values {
		samples[r[0].(string)] = append(samples[r[0].(string)], r[1].(string))
	}
	for i, f := range fields {
		if isMoment(f.Field) {
			fields[i].clocks, fields[i].days = shapesOf(samples[f.Name])
		}
	}
	return nil
}

func isMoment(f record.Field) bool { return f.Type == record.Stamp || f.Type == record.Date }

// fill makes a table of what was read, field and text first, and marks the fields that it holds.
func fill(ctx context.Context, db *duck.DB, fields []field, table string, columns []duck.Column, rows [][]any) error {
	held := map[any]bool{}
	for _, r := range rows {
		held[r[0]] = true
	}
	for i := range fields {
		fields[i].slow = fields[i].slow || held[fields[i].Name]
		for j := range fields[i].parts {
			fields[i].parts[j].slow = fields[i].parts[j].slow || held[fields[i].parts[j].Name]
		}
	}
	columns = append([]duck.Column{{Name: "field", Type: "VARCHAR"}, {Name: "text", Type: "VARCHAR"}}, columns...)
	return db.Fill(ctx, "main."+table, columns, rows)
}

// distinct lists field and text of what a condition leaves over, once each.
func distinct(ctx context.Context, db *duck.DB, fields []field, fits func(record.Field) bool, left func(field) string) ([][]any, error) {
	var parts []string
	for _, f := range fields {
		for _, g := range append([]field{f}, f.parts...) {
			if fits(g.Field) && (len(g.parts) == 0 || g.raw != "null::varchar") {
				parts = append(parts, fmt.Sprintf("select distinct %s as field, %s as text from %s where %s is not null and (%s)", duck.Literal(g.Name), g.rawName(), g.alone(), g.rawName(), left(g)))
			}
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	rows, err := db.Query(ctx, strings.Join(parts, " union all ")+" order by all")
	return rows.Values, err
}

func (l layout) moments(ctx context.Context, db *duck.DB, fields []field, zone *time.Location) error {
	rest, err := distinct(ctx, db, fields, isMoment, func(f field) string { return "coalesce(" + f.clock() + ", " + f.day() + ") is null" })
	if err != nil {
		return err
	}
	reader := stampReader{l.source.DateOrder, zone}
	rows := [][]any{}
	var unclear []any
	midnights := map[string][]int{}
	for _, r := range rest {
		name, text := r[0].(string), r[1].(string)
		s, v := reader.read(text)
		switch v {
		case ambiguous:
			unclear = append(unclear, r)
			continue
		case unreadable:
			continue
		}
		if s.midnight {
			midnights[name] = append(midnights[name], len(rows))
		}
		rows = append(rows, []any{name, text, s.at, s.day})
	}
	if len(unclear) > 0 {
		return l.refuseOrder(ctx, db, fields, unclear)
	}
	if err := settleMidnights(ctx, db, fields, rows, midnights); err != nil {
		return err
	}
	return fill(ctx, db, fields, "moments", []duck.Column{{Name: "moment", Type: "TIMESTAMP"}, {Name: "is_day", Type: "BOOLEAN"}}, rows)
}

// settleMidnights decides of whole days that are shown with hours: they are midnights where other cells of the column have a time.
func settleMidnights(ctx context.Context, db *duck.DB, fields []field, rows [][]any, midnights map[string][]int) error {
	for _, f := range fields {
		marked := midnights[f.Name]
		if len(marked) == 0 {
			continue
		}
		timed := false
		for _, r := range rows {
			timed = timed || r[0] == f.Name && r[3] == false
		}
		if !timed && len(f.clocks) > 0 {
			found, err := db.Query(ctx, "select exists (from "+f.alone()+" where "+f.clock()+" is not null)")
			if err != nil {
				return err
			}
			timed = found.Values[0][0].(bool)
		}
		for _, i := range marked {
			rows[i][3] = !timed
		}
	}
	return nil
}

const mostExamples = 3

// refuseOrder says which cells could be day-first or month-first.
func (l layout) refuseOrder(ctx context.Context, db *duck.DB, fields []field, unclear []any) error {
	var examples []string
	for _, u := range unclear[:min(len(unclear), mostExamples)] {
		name, text := u.([]any)[0].(string), u.([]any)[1].(string)
		rows, err := db.Query(ctx, "select place from given as g where g."+duck.Name("r_"+name)+" = ? order by n limit 1", text)
		if err != nil {
			return err
		}
		place := ""
		if len(rows.Values) > 0 {
			place = fmt.Sprint(rows.Values[0][0])
		}
		examples = append(examples, fmt.Sprintf("%s %q at %s", headerOf(fields, name), text, place))
	}
	return refusal("date_order", "set date_order: dmy (day first) or date_order: mdy (month first) in the source", "dates could be day-first or month-first: %s", strings.Join(examples, "; "))
}

func headerOf(fields []field, name string) string {
	for _, f := range fields {
		if f.Name == name && f.header != "" {
			return f.header
		}
	}
	return name
}

func isNumber(f record.Field) bool {
	return f.Type == record.Count || f.Type == record.Number || f.Type == record.Money
}

func figures(ctx context.Context, db *duck.DB, fields []field) error {
	types := map[string]record.Type{}
	for _, f := range fields {
		types[f.Name] = f.Type
		for _, p := range f.parts {
			types[p.Name] = p.Type
		}
	}
	rest, err := distinct(ctx, db, fields, isNumber, func(f field) string { return f.plainFigure() + " is null" })
	if err != nil {
		return err
	}
	rows := [][]any{}
	for _, r := range rest {
		if n, ok := number(r[1].(string), types[r[0].(string)]); ok {
			rows = append(rows, []any{r[0], r[1], n})
		}
	}
	return fill(ctx, db, fields, "figures", []duck.Column{{Name: "figure", Type: "VARCHAR"}}, rows)
}

func isCoded(f record.Field) bool {
	return f.Type == record.Code || f.Type == record.YesNo || f.Type == record.Score
}

func (l layout) meanings(ctx context.Context, db *duck.DB, fields []field) error {
	byName := map[string]field{}
	for _, f := range fields {
		byName[f.Name] = f
	}
	rest, err := distinct(ctx, db, fields, isCoded, func(field) string { return "true" })
	if err != nil {
		return err
	}
	rows := [][]any{}
	for _, r := range rest {
		f := byName[r[0].(string)]
		if code, ok := f.meaning(l.kind.Name, r[1].(string), l.source); ok {
			rows = append(rows, []any{r[0], r[1], code})
		}
	}
	return fill(ctx, db, fields, "meanings", []duck.Column{{Name: "code", Type: "VARCHAR"}}, rows)
}

func (f field) meaning(kind, text string, source config.Source) (string, bool) {
	if f.answer == nil {
		return meaning(listOf(kind, f.Field), f.Name, text, source)
	}
	answer, _ := meaning("yes_no", f.Name, text, source)
	if code, there := f.answer[answer]; there {
		return code, true
	}
	return meaning(listOf(kind, f.Field), f.Name, text, source)
}

// fewTexts is up to how many distinct texts of a column are all folded here: looking one up is cheaper than asking of each cell
// whether the engine can fold it.
const fewTexts = 20_000

func folded(ctx context.Context, db *duck.DB, fields []field) error {
	few, err := fewDistinct(ctx, db, fields)
	if err != nil {
		return err
	}
	rest, err := distinct(ctx, db, fields, func(f record.Field) bool { return f.Keyed }, func(f field) string {
		if few[f.Name] {
			return "true"
		}
		return "key_of(" + f.rawName() + ") is null"
	})
	if err != nil {
		return err
	}
	rows := [][]any{}
	for _, r := range rest {
		rows = append(rows, []any{r[0], r[1], textkey.Of(r[1].(string))})
	}
	for i := range fields {
		fields[i].allFolded = few[fields[i].Name]
	}
	return fill(ctx, db, fields, "folded", []duck.Column{{Name: "folded", Type: "VARCHAR"}}, rows)
}

// fewDistinct finds the keyed fields with few distinct texts.
func fewDistinct(ctx context.Context, db *duck.DB, fields []field) (map[string]bool, error) {
	var parts []string
	for _, f := range fields {
		if f.Keyed {
			parts = append(parts, "select "+duck.Literal(f.Name)+" as field, approx_count_distinct("+f.rawName()+") as texts from "+f.alone())
		}
	}
	few := map[string]bool{}
	if len(parts) == 0 {
		return few, nil
	}
	rows, err := db.Query(ctx, strings.Join(parts, " union all "))
	for _, r := range rows.Values {
		few[r[0].(string)] = r[1].(int64) <= fewTexts
	}
	return few, err
}
