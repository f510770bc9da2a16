package pipeline

import (
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"noticeboard/pipeline/fault"
)

// lock takes the one lock of a home folder. The kernel gives it back when the process ends, however it ends.
func lock(home string) (unlock func(), err error) {
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, err
	}
	l := flock.New(filepath.Join(home, ".lock"))
	taken, err := l.TryLock()
	if err != nil {
		return nil, err
	}
	if !taken {
		return nil, fault.Hinted(fault.Locked, "wait until it ends; if none is running, see who holds "+filepath.Join(home, ".lock"), "another run is at work in %s", home)
	}
	return func() { l.Unlock() }, nil
}
