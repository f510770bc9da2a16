package reference

import (
	"strings"
	"testing"
)

func problems(t *testing.T, known Known, files ...string) []string {
	t.Helper()
	_, found := Read(folder(t, files...), known)
	var lines []string
	for _, p := range found {
		lines = append(lines, strings.ReplaceAll(p.String(), "\n  → ", " → "))
	}
	return lines
}

func TestProblemsOfAllFilesComeAtOnce(t *testing.T) {
	got := problems(t, Known{Metrics: []string{"on_time", "rework"}, Properties: []string{"P01", "翠湖灣"}},
		"categories.csv", "code,name\n給排水,給排水\n電梯,電梯\n",
		"time_limits.csv", "kind,category,respond_minutes,clock\nrepair,給排水2,30,calendar\nrepare,電梯,half an hour,日晷\n",
		"targets.csv", "metric,target,floor\non_tme,0.9,0.5\nrework,0.1,0.1\nrework,0.1,\n",
		"zone.csv", "property,zone\n",
		"zones.csv", "property,zone,households,hosueholds\nP02,E,-5,\nP01,,10,\n",
		"calendar.csv", "date,kind\n2026-02-30,off\n2026-07-04,maybe\n",
	)
	same(t, got, []string{
		`reference/calendar.csv:2: date "2026-02-30" is not a date such as 2026-06-30`,
		`reference/calendar.csv:3: kind "maybe" is not one of off, work`,
		`reference/targets.csv:2: metric "on_tme" is not in the queries → add it there, or correct the spelling (did you mean on_time?)`,
		`reference/targets.csv:3: target and floor of rework are the same → a figure at the target has 100 points, one at the floor 0`,
		`reference/targets.csv:4: floor is empty → fill it in, or remove the row`,
		`reference/time_limits.csv:2: category "給排水2" is not in categories.csv → add it there, or correct the spelling (did you mean 給排水?)`,
		`reference/time_limits.csv:3: kind "repare" is not one of complaint, repair, enquiry, suggestion, praise, other`,
		`reference/time_limits.csv:3: respond_minutes "half an hour" is not a whole number from 1 on`,
		`reference/time_limits.csv:3: clock "日晷" is not one of calendar, working`,
		`reference/zone.csv: no reference file has this name → did you mean zones?; move it out of the folder if it is something else`,
		`reference/zones.csv:1: column "hosueholds" is not known → did you mean households?`,
		`reference/zones.csv:2: households "-5" is not a whole number from 0 on`,
		`reference/zones.csv:3: zone is empty → fill it in, or remove the row`,
	})
}

func TestWrongFilesAreNamed(t *testing.T) {
	known := Known{Metrics: []string{"on_time"}, Properties: []string{"P01", "翠湖灣"}}
	for name, c := range map[string]struct {
		file, text, want string
	}{
		"a property nobody configured":          {"zones.csv", "property,zone\nP9,E\n", `zones.csv:2: property "P9" is not in noticeboard.yaml`},
		"the sign for all as a code":            {"zones.csv", "property,zone\nP01,*\n", "zones.csv:2: zone * stands for all of them"},
		"a row that names no property":          {"zones.csv", "property,zone\n,E\n", "zones.csv:2: property is empty"},
		"a file without the column":             {"zones.csv", "property,name\nP01,E\nP01,W\n", `zones.csv:1: there is no column "zone" → the columns are property, zone, building`},
		"a column twice":                        {"zones.csv", "property,zone,zone\nP01,E,E\n", `zones.csv:1: column "zone" is there twice`},
		"a cell beside the table":               {"zones.csv", "property,zone\nP01,E,Main Street 1, left\n", `zones.csv:2: "Main Street 1" stands in a column without a name`},
		"one building at one date in two zones": {"zones.csv", "property,zone,building\nP01,E,１座\nP01,W,1座\n", "zones.csv:3: the same property, building, valid_from as line 2 → keep one of the two, or give the newer one the date"},
		"one code twice":                        {"root_causes.csv", "code,name\nleak,Leak\nLEAK,Drip\n", "root_causes.csv:3: the same code as line 2 → keep one of the two"},
		"one limit twice":                       {"time_limits.csv", "kind,respond_minutes\nrepair,30\n报修,60\n", "time_limits.csv:3: the same property, kind, scope, category, subcategory, priority, valid_from as line 2"},
		"one date twice":                        {"calendar.csv", "date,kind\n2026-07-04,off\n20260704,work\n", "calendar.csv:3: the same date as line 2"},
		"hours with three decimals":             {"categories.csv", "code,standard_hours\nlift,1.234\n", `categories.csv:2: standard_hours "1.234" is not a number of hours`},
		"a limit of no minutes":                 {"time_limits.csv", "kind,respond_minutes\nrepair,0\n", `respond_minutes "0" is not a whole number from 1 on`},
		"a year that nobody means":              {"inspection_plan.csv", "property,domain,touchpoint,times,per,valid_from\nP01,lighting,B1,1,week,0202-06-01\n", `valid_from "0202-06-01" is not a date such as 2026-06-30`},
		"a plan for no time":                    {"inspection_plan.csv", "property,domain,touchpoint,times,per\nP01,lighting,B1,1,year\n", `per "year" is not one of day, week, month, quarter`},
		"evidence in no known form":             {"measures.csv", "number,evidence\n1,every week\n", `measures.csv:2: evidence "every week" can't be read → a metric (on_time)`},
		"evidence of a metric nobody computes":  {"measures.csv", "number,evidence\n1,on_time + tidiness\n", `evidence "tidiness" is not in the queries`},
		"evidence of an activity nobody holds":  {"measures.csv", "number,evidence\n1,contests 1/quarter\n", `evidence "contests" is not in activity_types → add it there, or correct the spelling (did you mean contest?)`},
		"an empty file":                         {"zones.csv", "", "zones.csv: the file is empty"},
		"a file that is no table":               {"zones.xlsx", "%PDF-1.7", "zones.xlsx: it is a PDF document, not a table"},
	} {
		t.Run(name, func(t *testing.T) {
			got := problems(t, known, c.file, c.text)
			if len(got) != 1 || !strings.HasPrefix(got[0], "reference/"+c.file) || !strings.Contains(got[0], c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestZoneOfStaffIsAskedForOnlyWhereThereAreZones(t *testing.T) {
	staff := "name,zone\n張三,North\n"
	if got := problems(t, Known{}, "staff.csv", staff); len(got) > 0 {
		t.Error(got)
	}
	got := problems(t, Known{}, "staff.csv", staff, "zones.csv", "property,zone,name\nP01,N,North1\n")
	same(t, got, []string{`reference/staff.csv:2: zone "North" is not in zones.csv → add it there, or correct the spelling (did you mean North1?)`})
}

func TestTwoFilesForOneSheet(t *testing.T) {
	got := problems(t, Known{}, "zones.csv", "property,zone\n", "zones.txt", "property,zone\n")
	same(t, got, []string{"reference/zones.txt: zones.csv says the same things → keep one of the two files"})
}

func TestFilesOfEditorsAndRemarksAreLeft(t *testing.T) {
	got := problems(t, Known{}, "~$zones.xlsx", "x", ".zones.csv", "x", "README.md", "x", "zones.csv.bak", "x")
	if len(got) > 0 {
		t.Error(got)
	}
}

func TestZonesWithoutBuildingsAreNotEachOthersDuplicates(t *testing.T) {
	got := problems(t, Known{}, "zones.csv", "property,zone,households\nP01,E,100\nP01,W,200\nP01,W,300\n")
	same(t, got, []string{"reference/zones.csv:4: the same property, building, valid_from as line 3 → keep one of the two, or give the newer one the date in valid_from from which it holds"})
}

func TestNewerRowWithItsDateIsNoDuplicate(t *testing.T) {
	got := problems(t, Known{}, "categories.csv", "code,rework_window_days,valid_from\nlift,15,\nlift,30,2026-01-01\n")
	if len(got) > 0 {
		t.Error(got)
	}
}
