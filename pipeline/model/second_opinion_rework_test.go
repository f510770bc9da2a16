package model

import (
	"strings"
	"time"
)

// The second opinion on rework and on callbacks.

func (e estate) isJob(j job) bool {
	return j.counts() && j.kind == "repair" && j.completed.there() && j.outcome != "no access" && j.outcome != "cancelled" && j.outcome != "follow-on"
}

func (e estate) windowOf(j job) int {
	if days, there := e.window[j.category]; there {
		return days
	}
	return 30
}

func (e estate) inWindow(r, j job) bool {
	days := e.windowOf(j)
	if r.registered.day || j.completed.day {
		return r.registered.date().After(j.completed.date()) && r.registered.date().Before(j.completed.date().AddDate(0, 0, days))
	}
	return !r.registered.at.Before(j.completed.at) && r.registered.at.Before(j.completed.at.Add(time.Duration(days)*24*time.Hour))
}

// pin finds the one job that a ticket is the return of.
func (e estate) pin(r job) (string, bool) {
	if r.kind != "repair" || r.status == "void" {
		return "", false
	}
	var said *decision
	for i, d := range e.decisions {
		if d.property == r.property && d.returned == r.id && (said == nil || !d.on.Before(said.on)) {
			said = &e.decisions[i]
		}
	}
	if said != nil && !said.counts {
		return "", false
	}
	find := func(id string, fits func(job) bool) (string, bool) {
		for _, j := range e.jobs {
			if j.property == r.property && j.id == id && j.id != r.id && e.isJob(j) && fits(j) {
				return j.id, true
			}
		}
		return "", false
	}
	if said != nil {
		after := func(j job) bool {
			if r.registered.day || j.completed.day {
				return r.registered.date().After(j.completed.date())
			}
			return !r.registered.at.Before(j.completed.at)
		}
		if id, there := find(said.ticket, after); there {
			return id, true
		}
	}
	for _, id := range []string{r.reworkOf, r.mergedInto} {
		if id, there := find(id, func(j job) bool { return e.inWindow(r, j) }); there {
			return id, true
		}
	}
	return e.pinByPlace(r)
}

func (e estate) pinByPlace(r job) (string, bool) {
	if r.mergedInto != "" || r.priority == "planned" || r.category == "" || r.place() == "" {
		return "", false
	}
	var best job
	for _, j := range e.jobs {
		if j.property != r.property || j.id == r.id || !e.isJob(j) || j.place() != r.place() || j.category != r.category || !e.inWindow(r, j) {
			continue
		}
		both := j.subcategory != "" && r.subcategory != ""
		if (both && j.subcategory != r.subcategory) || (!both && !j.household()) {
			continue
		}
		if best.id == "" || j.completed.at.After(best.completed.at) || (j.completed.at.Equal(best.completed.at) && strings.Compare(j.id, best.id) > 0) {
			best = j
		}
	}
	return best.id, best.id != ""
}

func (e estate) reworked() map[string]bool {
	back := map[string]bool{}
	for _, r := range e.jobs {
		if id, pinned := e.pin(r); pinned {
			back[r.property+" "+id] = true
		}
	}
	return back
}

func (e estate) windowOver(j job) (string, bool) {
	end := j.completed.at.AddDate(0, 0, e.windowOf(j))
	return end.Add(-time.Second).Format(time.DateOnly), e.isJob(j) && !end.After(e.end)
}

func (e estate) calledBack(j job) (verdict, bool) {
	if !j.counts() || !j.serviced() || !j.completed.there() || j.outcome == "cancelled" || e.silent[j.category] {
		return verdict{}, false
	}
	due := j.completed.date().AddDate(0, 0, 1)
	for !e.working(due) {
		due = due.AddDate(0, 0, 1)
	}
	inTime := false
	for _, c := range e.calls {
		automatic := strings.Contains(c.method, "系統") || strings.Contains(c.method, "自动")
		if c.property == j.property && c.ticket == j.id && !automatic && c.at.at.Before(e.end) && c.at.notBefore(j.completed) && !c.at.date().After(due) {
			inTime = true
		}
	}
	return verdict{due.Format(time.DateOnly), answer(inTime)}, due.Before(e.end)
}
