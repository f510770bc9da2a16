package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"noticeboard/pipeline/publish/guard"
)

const (
	plantedName  = "歐陽曉棠"
	plantedPhone = "13912345678"
	plantedRoom  = "17棟3單元1602"
)

// planted is a small estate with a resident whose name, telephone and room stand in every field that people write into, and in one
// work and one topic each.
func planted(t *testing.T) string {
	home := t.TempDir()
	all := plantedName + plantedPhone + plantedRoom
	var tickets, callbacks, inspections, register strings.Builder
	fmt.Fprintln(&tickets, "單號,類型,渠道,片區,樓棟,單元,房號,地點,專業,子類,問題描述,處理結果,報修人,聯繫電話,報事時間,完成時間,關閉時間,狀態,責任部門,責任人,維修人,投訴根源,延誤原因")
	fmt.Fprintln(&callbacks, "回訪編號,單號,回訪時間,回訪人,回訪方式,是否接通,是否解決,滿意度,收費是否合理,問題類別,問題描述")
	fmt.Fprintln(&inspections, "巡查編號,類別,片區,觸點,檢查項目,計劃時間,巡查時間,巡查人,結果,得分,滿分,問題描述")
	fmt.Fprintln(&register, "登記編號,來源,登記時間,類型,樓棟,單元,房號,地點,電話,內容,單號")
	for i := range 60 {
		kind := []string{"報修", "投訴"}[i%2]
		fmt.Fprintf(&tickets, "T%d,%s,%s,%s,17棟,3單元,1602,%s,%s,%s,%s,%s,%s,%s,2026-0%d-%02d 09:00,2026-0%[12]d-%02[13]d 15:00,2026-0%[12]d-%02[13]d 16:00,已關閉,%[3]s,%[3]s,%[3]s,%[3]s,%[3]s\n",
			i, kind, all, all, all, all, all, all, all, plantedName, plantedPhone, 1+i%6, 1+i%28)
		fmt.Fprintf(&callbacks, "C%d,T%d,2026-0%d-%02d 17:00,%s,%s,是,是,滿意,合理,%s,%s\n", i, i, 1+i%6, 1+i%28, all, all, all, all)
		fmt.Fprintf(&inspections, "I%d,設施,%s,%s,%s,2026-0%d-%02d,2026-0%[5]d-%02[6]d,%[2]s,不合格,80,100,%[2]s\n", i, all, all, all, 1+i%6, 1+i%28)
		fmt.Fprintf(&register, "R%d,%s,2026-0%d-%02d 08:50,報修,17棟,3單元,1602,%s,%s,%s,T%d\n", i, all, 1+i%6, 1+i%28, all, plantedPhone, all, i)
	}
	works, topics := "工程編號,工程名稱,施工地點,進度,計劃開始,計劃結束,完成日期,公示內容\n", "熱點編號,主題,進展,提出日期,更新日期,公示內容\n"
	for i, word := range []string{plantedName, plantedPhone, plantedRoom} {
		works += fmt.Sprintf("A%d,更換%s,天台,已完成,2026-06-01,2026-06-20,2026-06-18,已完工\nB%[1]d,水泵,%[2]s,已完成,2026-06-01,2026-06-20,2026-06-18,已完工\nC%[1]d,電梯,天台,已完成,2026-06-01,2026-06-20,2026-06-18,請聯繫%[2]s\n", i, word)
		topics += fmt.Sprintf("A%d,%s的意見,處理中,2026-06-01,2026-06-20,已反映\nB%[1]d,噪音,處理中,2026-06-01,2026-06-20,由%[2]s提出\n", i, word)
	}
	for file, content := range map[string]string{
		"tickets/tickets_202606.csv": tickets.String(), "callbacks/callbacks_202606.csv": callbacks.String(), "inspections/inspections_202606.csv": inspections.String(),
		"register/register_202606.csv": register.String(), "works/works_202606.csv": works, "topics/topics_202606.csv": topics,
	} {
		write(t, filepath.Join(home, "inbox", file), content)
	}
	return home
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// saysNothingPersonal reads every PDF of a published folder.
func saysNothingPersonal(t *testing.T, folder string) (pdfs int) {
	t.Helper()
	for name, content := range contents(t, folder) {
		if filepath.Ext(name) != ".pdf" {
			continue
		}
		pdfs++
		pieces, err := guard.Text(content)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(pieces, "")
		for _, word := range []string{plantedName, plantedPhone, plantedRoom, "1602"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %s", name, word)
			}
		}
	}
	return pdfs
}

func heldBack(o Outcome) map[string]string {
	found := map[string]string{}
	for _, h := range o.Receipt.Manifest.Held {
		for _, f := range h.Findings {
			found[h.Report+" "+f.Kind] = f.Message + f.Hint
		}
	}
	return found
}

func TestNothingPersonalReachesTheBoard(t *testing.T) {
	fonts(t)
	home := planted(t)
	o := run(t, home, "2026-07-01")
	saysNothingPersonal(t, o.Receipt.Folder)
	held := heldBack(o)
	// Numbers and rooms are refused before; a name is known only by the last reading.
	for _, report := range []string{"R6", "R7", "R8"} {
		message := held[report+" name"]
		for _, part := range []string{plantedName, "templates/notices/" + strings.ToLower(report), "_202606.csv:", "notices: {allow: [\"" + plantedName + "\"]}"} {
			if !strings.Contains(message, part) {
				t.Errorf("%s: %q isn't in %q", report, part, message)
			}
		}
	}
	if len(held) != 3 {
		t.Errorf("held back: %v", held)
	}
	if warnings := strings.Join(o.Receipt.Manifest.Warnings, "\n"); !strings.Contains(warnings, "refused_as=phone") || !strings.Contains(warnings, "file=works_202606.csv line=") {
		t.Errorf("warnings: %s", warnings)
	}
	if again := run(t, home, "2026-07-01"); !again.Unchanged || len(again.Receipt.Manifest.Held) != 3 {
		t.Error("the second run forgot what was held back")
	}

	write(t, filepath.Join(home, "noticeboard.yaml"), "version: 1\nnotices: {allow: ["+plantedName+"]}\n")
	o = run(t, home, "2026-07-01")
	if len(o.Receipt.Manifest.Held) > 0 || len(o.Receipt.Manifest.Allowed) != 1 {
		t.Errorf("allowed words: %v, held back: %v", o.Receipt.Manifest.Allowed, heldBack(o))
	}
}

// With the refusals of the queries switched off, the reading of the finished PDFs is what stands between a person and the board.
func TestWithoutTheQueriesGuardTheLastReadingHoldsBack(t *testing.T) {
	fonts(t)
	home := planted(t)
	for _, relation := range []string{"works", "topics", "half_year_topics"} {
		content, err := os.ReadFile(filepath.Join("..", "queries", "public", relation+".sql"))
		if err != nil {
			t.Fatal(err)
		}
		off := strings.NewReplacer("x.refused_as is not null", "false", "refused_as is not null", "false").Replace(string(content))
		if off == string(content) {
			t.Fatalf("%s.sql has no guard to switch off", relation)
		}
		write(t, filepath.Join(home, "queries", "public", relation+".sql"), off)
	}
	o := run(t, home, "2026-07-01")
	if n := saysNothingPersonal(t, o.Receipt.Folder); n != 0 {
		t.Errorf("%d notices were published", n)
	}
	held := heldBack(o)
	for _, report := range []string{"R6", "R7", "R8"} {
		for _, kind := range []string{"name", "phone", "room"} {
			if held[report+" "+kind] == "" {
				t.Errorf("%s: no %s was found", report, kind)
			}
		}
	}
	if len(o.Receipt.Manifest.Documents) == 0 {
		t.Error("the other reports weren't published")
	}
}
