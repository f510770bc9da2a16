package need

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// witness stands in for the test that asks, and remembers how it ended.
type witness struct {
	testing.TB
	skipped, failed string
}

func (w *witness) Helper() {}

func (w *witness) Skip(args ...any) {
	w.skipped = args[0].(string)
	runtime.Goexit()
}

func (w *witness) Fatal(args ...any) {
	w.failed = args[0].(string)
	runtime.Goexit()
}

func ask(t *testing.T, question func(testing.TB)) *witness {
	w := &witness{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		question(w)
	}()
	<-done
	return w
}

func TestToolThatIsNotInstalledSkipsAndIsNamed(t *testing.T) {
	t.Setenv("NOTICEBOARD_ALL", "")
	w := ask(t, func(tb testing.TB) { Tool(tb, "no-such-tool") })
	if w.skipped != "skipped: no-such-tool is not installed" || w.failed != "" {
		t.Errorf("skipped %q, failed %q", w.skipped, w.failed)
	}
}

func TestMissingToolFailsWhereNothingMayBeMissing(t *testing.T) {
	t.Setenv("NOTICEBOARD_ALL", "1")
	w := ask(t, func(tb testing.TB) { Tool(tb, "no-such-tool") })
	if w.skipped != "" || !strings.HasPrefix(w.failed, "no-such-tool is not installed") {
		t.Errorf("skipped %q, failed %q", w.skipped, w.failed)
	}
}

func TestMissingFileSaysHowToMakeIt(t *testing.T) {
	t.Setenv("NOTICEBOARD_ALL", "")
	w := ask(t, func(tb testing.TB) { File(tb, "fonts/none.ttf", "make fonts") })
	if w.skipped != "skipped: fonts/none.ttf is not there; make fonts makes it" {
		t.Errorf("skipped %q", w.skipped)
	}
}

func TestWhatIsThereLetsTheTestGoOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := File(t, path, "nothing"); got != path {
		t.Errorf("got %q", got)
	}
	if got := Tool(t, "go"); got == "" {
		t.Error("no path for go")
	}
}
