package workbook

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var calls = strings.Replace(lists, "{column: reason, head: head.delay_reason}", "{column: reporter_name, head: head.owner, private: true}", 1)

const callRows = "create table rpt.open_tickets as select 'T1' as ticket_id, 1.5::double as hours, '王小姐' as reporter_name"

func heads(t *testing.T, e Edition, path string) ([]string, error) {
	t.Helper()
	template, problems := Parse("r9.yaml", []byte(calls))
	if problems != nil {
		t.Fatal(problems)
	}
	if _, err := template.Render(context.Background(), small(t, callRows), book(t, "en"), e, path); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path, excelize.Options{Password: e.Password})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := f.GetRows("Open tickets")
	return append(rows[4], rows[5]...), err
}

func TestAResidentsNameIsShownOnlyWhereTheReportMay(t *testing.T) {
	for _, may := range []bool{true, false} {
		e := monthly("en")
		e.Personal = may
		got, err := heads(t, e, filepath.Join(t.TempDir(), "calls.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(got, "王小姐") != may || slices.Contains(got, "Owner") != may {
			t.Errorf("may show: %v, shows %q", may, got)
		}
	}
}

func TestAResidentsColumnMustBePrivateAndNotInASentence(t *testing.T) {
	text := strings.Replace(calls, ", private: true", "", 1)
	template, problems := Parse("r9.yaml", []byte(text))
	if problems != nil {
		t.Fatal(problems)
	}
	found := template.Check(book(t, "en"), relationsOf(small(t, callRows)))
	if len(found) != 1 || found[0].Line != 20 || !strings.Contains(found[0].Message, "reporter_name is a resident's") {
		t.Error(found)
	}
}

func TestALockedWorkbookOpensWithItsPasswordAlone(t *testing.T) {
	e, path := monthly("en"), filepath.Join(t.TempDir(), "locked.xlsx")
	e.Password = "open sesame"
	if got, err := heads(t, e, path); err != nil || !slices.Contains(got, "T1") {
		t.Fatal(got, err)
	}
	if _, err := excelize.OpenFile(path, excelize.Options{Password: "open barley"}); err == nil {
		t.Error("any password opens it")
	}
	content, _ := os.ReadFile(path)
	if strings.HasPrefix(string(content), "PK") {
		t.Error("it isn't locked")
	}
}
