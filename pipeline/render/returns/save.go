package returns

import (
	"cmp"
	"io"
	"os"
	"slices"
	"sort"

	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"
)

// write writes the file with its parts in the order of their names: the library writes streamed sheets in the order of a map.
func write(f *excelize.File, path string) error {
	draft := path + ".part"
	defer os.Remove(draft)
	if types := f.ContentTypes; types != nil { // it takes these from a map, too
		sort.Slice(types.Defaults, func(i, j int) bool { return types.Defaults[i].Extension < types.Defaults[j].Extension })
	}
	if err := create(draft, func(w io.Writer) error { return f.Write(w) }); err != nil {
		return err
	}
	in, err := zip.OpenReader(draft)
	if err != nil {
		return err
	}
	defer in.Close()
	parts := slices.Clone(in.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	return create(path, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, part := range parts {
			if err := z.Copy(part); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

func create(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := fill(f); err != nil {
		return err
	}
	return f.Close()
}
