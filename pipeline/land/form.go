package land

// decisions are the fields of actions that the weekly meeting fills in beside what R2 has printed.
var decisions = map[string]bool{"root_cause": true, "solution": true, "responsible_person": true, "promised_on": true}

// isUnanswered tells a row of the meeting's form on which nothing was decided: it says no more than a blank one.
func (l layout) isUnanswered(cells []string) bool {
	if l.kind.Name != "actions" {
		return false
	}
	for _, m := range l.matches {
		if !decisions[m.field] {
			continue
		}
		for _, column := range append([]int{m.column}, m.parts...) {
			if column >= 0 && cellAt(cells, column) != "" {
				return false
			}
		}
	}
	return true
}
