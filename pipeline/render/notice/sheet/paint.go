package sheet

import (
	"fmt"
	"io"
	"sort"

	"codeberg.org/go-pdf/fpdf"

	"noticeboard/pipeline/render/notice/typeset"
)

type painter struct {
	pdf *fpdf.Fpdf
}

// Write writes the document as a PDF with its fonts embedded, cut to the characters used.
func (d *Document) Write(out io.Writer) error {
	p := &painter{pdf: d.open()}
	faces := d.faces()
	for _, face := range faces {
		// The library keeps what it reads of a font, so that each document needs its own reading, but it doesn't write to the bytes.
		p.pdf.AddUTF8FontFromBytes(face.Name, "", face.Data)
	}
	for n, page := range d.Pages {
		p.pdf.AddPage()
		if len(faces) > 0 {
			// Bookmarks are written in the encoding of the font that is set.
			p.pdf.SetFont(faces[0].Name, "", 10)
		}
		for _, e := range d.Outline {
			if e.Page == n {
				p.pdf.Bookmark(e.Title, 0, e.Y)
			}
		}
		for _, m := range page.Marks {
			m.paint(p)
		}
	}
	if err := p.pdf.Output(out); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

func (d *Document) open() *fpdf.Fpdf {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: d.Width, Ht: d.Height}})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(d.AsOf)
	pdf.SetModificationDate(d.AsOf)
	pdf.SetTitle(d.Title, true)
	pdf.SetAuthor(d.Author, true)
	pdf.SetCreator("noticeboard", true)
	pdf.SetLang(d.Language)
	pdf.SetDisplayMode("fullpage", "single")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	return pdf
}

// faces lists the faces that the document uses, by name: an unused one would cost its reading.
func (d *Document) faces() []*typeset.Face {
	used := map[string]*typeset.Face{}
	for _, page := range d.Pages {
		for _, m := range page.Marks {
			for _, r := range runs(m) {
				used[r.Face.Name] = r.Face
			}
		}
	}
	list := make([]*typeset.Face, 0, len(used))
	for _, f := range used {
		list = append(list, f)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

func runs(m Mark) []typeset.Run {
	switch x := m.(type) {
	case Text:
		return x.Line.Runs
	case Slanted:
		return x.Line.Runs
	default:
		return nil
	}
}

func (p *painter) line(x, y float64, line typeset.Line) {
	for _, r := range line.Runs {
		p.pdf.SetFont(r.Face.Name, "", r.Style.Size)
		p.pdf.SetTextColor(int(r.Style.Ink.R), int(r.Style.Ink.G), int(r.Style.Ink.B))
		// Word spacing has no effect on fonts of two-byte codes; the distance between glyphs does, and it stays until it is set back.
		if r.Spread != 0 {
			p.pdf.RawWriteStr(fmt.Sprintf("%.4f Tc\n", r.Spread/typeset.Point))
		}
		p.pdf.Text(x+r.X, y, r.Text)
		if r.Spread != 0 {
			p.pdf.RawWriteStr("0 Tc\n")
		}
	}
}

func (t Text) paint(p *painter) { p.line(t.X, t.Y, t.Line) }

func (a Area) paint(p *painter) {
	p.pdf.SetFillColor(int(a.Ink.R), int(a.Ink.G), int(a.Ink.B))
	p.pdf.Rect(a.X, a.Y, a.Width, a.Height, "F")
}

func (s Stroke) paint(p *painter) {
	p.pdf.SetDrawColor(int(s.Ink.R), int(s.Ink.G), int(s.Ink.B))
	p.pdf.SetLineWidth(s.Weight)
	p.pdf.SetLineCapStyle("round")
	p.pdf.SetLineJoinStyle("round")
	if s.Dash > 0 {
		p.pdf.SetLineCapStyle("butt")
		p.pdf.SetDashPattern([]float64{s.Dash, s.Dash}, 0)
		defer p.pdf.SetDashPattern(nil, 0)
	}
	p.pdf.MoveTo(s.Points[0][0], s.Points[0][1])
	for _, to := range s.Points[1:] {
		p.pdf.LineTo(to[0], to[1])
	}
	p.pdf.DrawPath("D")
}

func (d Dot) paint(p *painter) {
	p.pdf.SetFillColor(int(d.Ink.R), int(d.Ink.G), int(d.Ink.B))
	p.pdf.Circle(d.X, d.Y, d.Radius, "F")
}

func (s Slanted) paint(p *painter) {
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(s.Angle, s.X, s.Y)
	p.line(s.X-s.Line.Width/2, s.Y, s.Line)
	p.pdf.TransformEnd()
}
