package returns

import "testing"

func TestManyColumnsArePrintedOnSeveralPagesSideBySide(t *testing.T) {
	for columns, want := range map[int]int{3: 1, 12: 2, 35: 5} {
		header := make([]string, columns)
		for i := range header {
			header[i] = "報修時間及完成時間"
		}
		w := &workbook{layout: layout{header: [][]string{header}}}
		if got := w.pagesWide(); got != want {
			t.Errorf("%d columns are printed %d pages wide, wanted %d", columns, got, want)
		}
	}
}
