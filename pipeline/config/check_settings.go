package config

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"time"
)

func (k *checker) metrics() {
	m := k.Metrics
	k.within("metrics.rework_window_days", int64(m.ReworkWindowDays), 1, 3650)
	k.within("metrics.appointment_grace_minutes", int64(m.AppointmentGrace), 0, 1440)
	k.within("metrics.loop_days", int64(m.LoopDays), 1, 365)
	k.within("metrics.detail_days", int64(m.DetailDays), 31, 36500)
	// Below 3, a count on the notice board would point at a household.
	k.within("metrics.public_min_count", int64(m.PublicMinCount), 3, 100)
	k.within("metrics.min_tickets", int64(m.MinTickets), 1, 10000)
	k.within("metrics.min_jobs", int64(m.MinJobs), 1, 10000)
	k.within("metrics.close_day", int64(m.CloseDay), 1, 15)
	k.workingHours()
	k.weights()
	k.kpis()
	k.within("notices.posting_days", int64(k.Notices.PostingDays), 1, 3650)
}

func (k *checker) kpis() {
	if len(k.Metrics.KPIs) == 0 {
		k.say("metrics.kpis", "name at least one metric, or leave the line out for the default", "the summary would be empty")
	}
	for i, metric := range k.Metrics.KPIs {
		if slices.Index(k.Metrics.KPIs, metric) < i {
			k.say(fmt.Sprintf("metrics.kpis[%d]", i+1), "name each metric once", "%s stands in the list twice", metric)
		}
	}
}

func (k *checker) weights() {
	for _, metric := range sorted(k.Metrics.ZoneWeights) {
		if w := k.Metrics.ZoneWeights[metric]; w < 0 || w > 1000 {
			k.say("metrics.zone_weights."+metric, "from 0 to 1000; 0 leaves the indicator out", "%v is out of range", w)
		}
	}
	if len(k.Metrics.ZoneWeights) == 0 {
		k.say("metrics.zone_weights", "leave at least one above 0", "every indicator of the zone ranking is left out")
	}
}

var hoursForm = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$`)

// minutes reads "08:30-12:00" as minutes of the day.
func minutes(stretch string) (opens, closes int, ok bool) {
	m := hoursForm.FindStringSubmatch(stretch)
	if m == nil {
		return 0, 0, false
	}
	var n [5]int
	for i := 1; i < 5; i++ {
		n[i], _ = strconv.Atoi(m[i])
	}
	opens, closes = n[1]*60+n[2], n[3]*60+n[4]
	return opens, closes, opens < closes
}

// workingHours asks for stretches in the order of the day that don't overlap: the working clock adds them up as they stand.
func (k *checker) workingHours() {
	if len(k.Metrics.WorkingHours) == 0 {
		k.say("metrics.working_hours", `such as ["08:30-12:00", "13:30-17:30"]`, "a working clock without hours never runs")
	}
	before := 0
	for i, text := range k.Metrics.WorkingHours {
		at := fmt.Sprintf("metrics.working_hours[%d]", i+1)
		opens, closes, ok := minutes(text)
		if !ok {
			k.say(at, "such as 08:30-12:00, within one day; a night shift is two stretches, the first of them from 00:00", "%q is not a stretch of working hours", text)
			continue
		}
		if opens < before {
			k.say(at, "in the order of the day, each after the one before", "%s begins before the stretch above it ends", text)
		}
		before = max(before, closes)
	}
}

func (k *checker) limits() {
	l := k.Limits
	if l.MaxRejectShare < 0 || l.MaxRejectShare > 1 {
		k.say("limits.max_reject_share", "from 0 to 1; 0.05 is 5 %", "%v is out of range", l.MaxRejectShare)
	}
	k.within("limits.unpacked_bytes", l.UnpackedBytes, 1<<20, 1<<40)
	k.within("limits.unpacked_ratio", l.UnpackedRatio, 2, 1000000)
	k.within("limits.sheet_rows", int64(l.SheetRows), 1, math.MaxInt32)
	k.within("limits.columns", int64(l.Columns), 1, 100000)
	k.within("limits.cell_bytes", int64(l.CellBytes), 64, 1<<27)
	k.within("limits.memory_mb", int64(l.MemoryMB), 256, 1<<20)
	if l.Settle < 0 || l.Settle > 10*time.Minute {
		k.say("limits.settle", "from 0s to 10m", "%s is out of range", l.Settle)
	}
}
