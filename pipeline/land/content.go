package land

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
)

// extra gives the cells that no field took, as a JSON object by header. The running number says nothing of the content.
func (l layout) extra(forContent bool) string {
	type member struct{ name, cell string }
	var members []member
	seen := map[string]int{}
	for i, column := range l.loaded {
		if l.serves(column) && !l.besides(column) {
			continue
		}
		name := l.header.names[column]
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		if forContent && isRunningNumber(name) {
			continue
		}
		members = append(members, member{jsonText(name), fmt.Sprintf("c%d", i)})
	}
	sort.Slice(members, func(i, j int) bool { return members[i].name < members[j].name })
	list := []string{}
	for _, m := range members {
		list = append(list, "member("+duck.Literal(m.name)+", replace("+m.cell+", "+duck.Literal(midnightMark)+", ''))")
	}
	joined := "concat_ws(',', " + strings.Join(append(list, "beyond"), ", ") + ")"
	return "nullif('{' || " + joined + " || '}', '{}')"
}

// besides tells whether a column only decides a code beside the field's own column: its text stays in extra.
func (l layout) besides(column int) bool {
	return slices.ContainsFunc(l.matches, func(m match) bool { return m.column == column && strings.Contains(m.reads, "=void") })
}

func isRunningNumber(name string) bool {
	switch fold(name) {
	case "序号", "序號", "no", "行号", "行號", "rownumber", "sn":
		return true
	}
	return false
}

// content is a digest of what a row says, whatever columns its file has: the filled fields between their numbers, and extra. One
// call of concat, which takes null for nothing, costs a third of joining tagged texts.
func (l layout) content(fields []record.Field, present map[string]field, extra string) string {
	var parts []string
	tag := ""
	say := func(expression string) {
		parts = append(parts, duck.Literal(tag), expression)
		tag = ""
	}
	for i, f := range fields {
		tag += fmt.Sprintf("\x1f%d\x1f", i)
		if _, there := present[f.Name]; !there {
			continue
		}
		name := duck.Name(f.Name)
		if f.Type == record.Stamp {
			say("epoch_us(" + name + ")")
			say("case when " + duck.Name(f.Name+"_day") + " then 'd' end")
			continue
		}
		say(name)
		if len(present[f.Name].voids) > 0 {
			say(duck.Name(f.Name + "_code"))
		}
	}
	tag += "\x1fx\x1f"
	if extra != "" {
		say(extra)
	}
	return "md5(concat(" + strings.Join(append(parts, duck.Literal(tag)), ", ") + "))::uuid"
}
