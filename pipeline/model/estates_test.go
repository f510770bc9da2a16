package model

import (
	"strconv"
	"time"
)

// readEstate reads the tables of a world as the loops see it: what is stamped at or after D hasn't happened, and the close of a
// ticket completes it where nothing else does.
func readEstate(tables map[string]table, flipped map[time.Time]bool) estate {
	e := estate{window: map[string]int{}, silent: map[string]bool{}, flipped: flipped, end: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}
	each(tables["ref.categories"], func(get func(string) string) {
		if days, err := strconv.Atoi(get("rework_window_days")); err == nil {
			e.window[get("code")] = days
		}
		e.silent[get("code")] = get("callback_required") == "false"
	})
	each(tables["stg.tickets"], func(get func(string) string) {
		if j := e.jobOf(get); j.registered.at.Before(e.end) {
			e.jobs = append(e.jobs, j)
		}
	})
	each(tables["stg.callbacks"], func(get func(string) string) {
		e.calls = append(e.calls, call{get("callback_id"), get("property"), get("ticket_id"), get("method"), momentOf(get("called_at"))})
	})
	each(tables["ref.time_limits"], func(get func(string) string) {
		minutes, _ := strconv.Atoi(get("complete_minutes"))
		e.limits = append(e.limits, limit{get("property"), get("kind"), get("scope"), get("category"), get("subcategory"), get("priority"), get("clock"), momentOf(get("valid_from")).at, minutes})
	})
	each(tables["ref.rework_decisions"], func(get func(string) string) {
		e.decisions = append(e.decisions, decision{get("property"), get("ticket_id"), get("returned_ticket_id"), get("counts") == "true", momentOf(get("decided_on")).at})
	})
	return e
}

func each(t table, do func(get func(string) string)) {
	for i := range t.rows {
		do(func(column string) string {
			value, _ := t.named(i, column)
			return value
		})
	}
}

func (e estate) jobOf(get func(string) string) job {
	j := job{property: get("property"), id: get("ticket_id"), kind: get("kind"), scope: get("scope"), room: get("room"), location: get("location"), category: get("category"),
		subcategory: get("subcategory"), priority: get("priority"), outcome: get("outcome"), status: get("status"), reworkOf: get("rework_of"), mergedInto: get("merged_into"),
		registered: momentOf(get("registered_at")), appointment: momentOf(get("appointment_at")), completed: momentOf(get("completed_at"))}
	if closed := momentOf(get("closed_at")); !j.completed.there() && closed.there() && closed.notBefore(j.registered) {
		j.completed = closed
	}
	j.undated = !j.completed.there() && (j.status == "completed" || j.status == "closed")
	if !j.completed.at.Before(e.end) {
		j.completed = moment{}
	}
	return j
}

func momentOf(text string) moment {
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return moment{at, true}
	}
	at, err := time.Parse(minuteForm, text)
	if err != nil {
		return moment{}
	}
	return moment{at, false}
}
