package workbook

import (
	"bufio"
	"cmp"
	"io"
	"os"
	"slices"
	"sort"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"
)

// describe fills the document's properties from the edition: nothing of the clock, the machine or the person.
func (p *press) describe() error {
	stamp := p.edition.AsOf.UTC().Format(time.RFC3339)
	err := p.ink.file.SetDocProps(&excelize.DocProperties{Title: p.result.Title, Subject: p.caption(), Creator: p.author(), LastModifiedBy: p.author(),
		Created: stamp, Modified: stamp, Identifier: p.edition.Report, Keywords: p.edition.Period, Language: p.edition.Language})
	if err != nil {
		return err
	}
	return p.ink.file.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel", Company: p.edition.CompanyName})
}

// sortContentTypes mends an order that excelize takes from a map whenever a chart is added: it would differ from run to run.
func (p *press) sortContentTypes() {
	types := p.ink.file.ContentTypes
	if types == nil {
		return
	}
	sort.Slice(types.Defaults, func(i, j int) bool { return types.Defaults[i].Extension < types.Defaults[j].Extension })
}

// save writes the file, compressed by a faster writer than the standard one, and puts its parts in order.
func (p *press) save(path string) error {
	if err := p.describe(); err != nil {
		return err
	}
	p.ink.file.SetActiveSheet(0)
	p.sortContentTypes()
	draft := path + ".part"
	defer os.Remove(draft)
	if err := create(draft, func(w io.Writer) error {
		p.ink.file.SetZipWriter(func(w io.Writer) excelize.ZipWriter {
			z := zip.NewWriter(w)
			z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 5) })
			return z
		})
		return p.ink.file.Write(w)
	}); err != nil {
		return err
	}
	return reorder(draft, path)
}

func create(path string, write func(io.Writer) error) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	buffered := bufio.NewWriterSize(out, 1<<20)
	if err := write(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	return out.Close()
}

// reorder copies the compressed parts in the order of their names: excelize writes streamed sheets in the order of a map. The list of
// content types comes first, which is how programs tell a workbook from any other archive.
func reorder(draft, path string) error {
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
