package land

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
)

// kindsIn lists the kinds of record in the file: tickets may carry callbacks.
func (l layout) kindsIn() []record.Kind {
	kinds := []record.Kind{l.kind}
	if len(l.callbackFields()) > 0 {
		callbacks, _ := record.Find("callbacks")
		kinds = append(kinds, callbacks)
	}
	return kinds
}

// good is the statement that writes the good rows of a kind. Columns that the export doesn't have are left out: most kinds have more than
// any export, and to write nothing a million times takes longer than to write a text.
func (l layout) good(kind record.Kind, fields []field, checks []check, key int64, path string) string {
	own := kind.Name == l.kind.Name
	there := map[string]bool{"extra": true, "content": true}
	for _, f := range fields {
		for _, c := range columnsOf(f.Field) {
			there[c.Name] = true
		}
	}
	special := map[string]string{"landed": fmt.Sprintf("%d::bigint", key), "src_row": "n", "src_line_no": "line"}
	if slices.ContainsFunc(l.sheets, func(s sheet) bool { return s.Within != "" }) {
		special["src_within"] = "within"
	}
	where := ""
	if !own {
		special["callback_id"] = "ticket_id || '@' || case when called_at_day then strftime(called_at, '%Y-%m-%d') else strftime(called_at, '%Y-%m-%d %H:%M:%S') end"
		special["content"] = kind.Name + "_content"
		special["extra"] = "null::varchar"
		where = "\n    and called_at is not null"
	}
	var columns []string
	for _, c := range kind.Columns() {
		switch expression, ok := special[c.Name]; {
		case ok:
			columns = append(columns, expression+" as "+duck.Name(c.Name))
		case there[c.Name]:
			columns = append(columns, duck.Name(c.Name))
		}
	}
	return statement("good", "{bad}", bad(checks), "{columns}", strings.Join(columns, ",\n        "), "{where}", where, "{path}", duck.Literal(path), "{rows}", fmt.Sprint(batchRows))
}
