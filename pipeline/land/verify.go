package land

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/fault"
)

// Verify reads every landed file again and holds it to the digest in its receipt. All of them can be made anew from the archive.
func Verify(folder string) (whole int, problems []fault.Problem, err error) {
	receipts, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return 0, nil, err
	}
	for _, path := range receipts {
		found, err := verifyReceipt(folder, path)
		if err != nil {
			return whole, problems, err
		}
		if len(found) == 0 {
			whole++
		}
		problems = append(problems, found...)
	}
	return whole, problems, nil
}

func verifyReceipt(folder, path string) (problems []fault.Problem, err error) {
	wrong := func(base, message string) {
		problems = append(problems, fault.Problem{File: "archive/landed/" + base, Message: message,
			Hint: "delete archive/landed/" + filepath.Base(path) + ": the next run lands the export again"})
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var landed struct{ Sums map[string]string } // the rest is what this or an older version needed to land it
	if json.Unmarshal(content, &landed) != nil {
		wrong(filepath.Base(path), "the receipt can't be read")
		return problems, nil
	}
	for _, base := range slices.Sorted(maps.Keys(landed.Sums)) {
		sum, err := digest.File(filepath.Join(folder, base))
		switch {
		case os.IsNotExist(err):
			wrong(base, "the landed file is missing")
		case err != nil:
			return problems, err
		case sum != landed.Sums[base]:
			wrong(base, "its bytes are no longer those that were landed")
		}
	}
	return problems, nil
}
