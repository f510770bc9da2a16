package workbook

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"sync"
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
	feeds, err := p.feeds()
	if err != nil {
		return err
	}
	if err := p.draw(draft, everyPart); err != nil {
		return err
	}
	if err := p.assemble(draft, path, feeds); err != nil || p.edition.Password == "" {
		return err
	}
	return lock(path, p.edition.Password)
}

// lock encrypts a finished workbook. Anyone with time and the file can open it all the same: it keeps out who walks by, not who wants in.
// The format salts its key at random, so a locked workbook is the one document whose bytes differ from run to run.
func lock(path, password string) error {
	open, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	locked, err := excelize.Encrypt(open, &excelize.Options{Password: password})
	if err != nil {
		return err
	}
	return os.WriteFile(path, locked, 0o644)
}

// draw lets excelize write those of its parts that are wanted. It knows of all but the rows of lists.
func (p *press) draw(draft string, wanted func(part string) bool) error {
	return create(draft, func(w io.Writer) error {
		p.ink.file.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return sieve{zipped(w), wanted} })
		return p.ink.file.Write(w)
	})
}

func everyPart(string) bool { return true }

// sieve drops the parts that nobody wants.
type sieve struct {
	*zip.Writer
	wanted func(part string) bool
}

func (s sieve) Create(part string) (io.Writer, error) {
	if !s.wanted(part) {
		return io.Discard, nil
	}
	return s.Writer.Create(part)
}

// zipped compresses as well as the standard writer and twice as fast.
func zipped(w io.Writer) *zip.Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		c := compressors.Get().(*compressor)
		c.Reset(w)
		return c, nil
	})
	return z
}

// compressors are used again, part after part and workbook after workbook: each takes a megabyte.
var compressors = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, 5)
	if err != nil {
		panic(err) // of a level that there isn't
	}
	return &compressor{w}
}}

type compressor struct{ *flate.Writer }

func (c *compressor) Close() error {
	defer compressors.Put(c)
	return c.Writer.Close()
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

// stylesPart comes last: the rows of lists may need looks that nobody knew of before they were read.
const stylesPart = "xl/styles.xml"

// assemble copies the compressed parts in the order of their names: excelize writes them in the order of a map. The list of content
// types comes first, which is how programs tell a workbook from any other archive. The sheets with lists come last, and get their rows.
func (p *press) assemble(draft, path string, feeds []*feed) error {
	in, err := zip.OpenReader(draft)
	if err != nil {
		return err
	}
	defer in.Close()
	shells := map[string]*zip.File{stylesPart: nil}
	for _, f := range feeds {
		for _, s := range f.list.sections {
			shells[s.sheet.part()] = nil
		}
	}
	parts := slices.Clone(in.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	return create(path, func(w io.Writer) error {
		z := zipped(w)
		for _, part := range parts {
			if _, later := shells[part.Name]; later {
				shells[part.Name] = part
			} else if err := z.Copy(part); err != nil {
				return err
			}
		}
		for _, f := range feeds {
			if err := f.into(z, shells); err != nil {
				return err
			}
		}
		if err := p.styles(z, draft); err != nil {
			return err
		}
		return z.Close()
	})
}

// styles copies the looks of cells, from a second draft: by now all of them are known.
func (p *press) styles(z *zip.Writer, draft string) error {
	if len(p.lists) > 0 {
		if err := p.draw(draft, func(name string) bool { return name == stylesPart }); err != nil {
			return err
		}
	}
	in, err := zip.OpenReader(draft)
	if err != nil {
		return err
	}
	defer in.Close()
	for _, part := range in.File {
		if part.Name == stylesPart {
			return z.Copy(part)
		}
	}
	return fmt.Errorf("there is no part %s", stylesPart)
}
