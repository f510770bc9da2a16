package notice

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
	"noticeboard/pipeline/words"
)

// setter sets one notice at one density.
type setter struct {
	source   *source
	template *Template
	book     *words.Book
	edition  Edition
	chain    *typeset.Chain
	density  density
	scale    scale
	values   values
	names    map[string]string // kind and code → name
	fixed    []string          // slots that every word may use, with their values
	headline []string
	warnings []string
	only     map[string]string // column → value: which rows the block at hand takes
	filled   float64           // how much of the last page is used
	overrun  bool              // the front takes more than a page
	place    string            // of the block at hand
	also     *setter           // of the other language; nil: there is one
	quoted   []handoff.Said    // what was taken from relations as it stands there
}

func newSetter(source *source, t *Template, book *words.Book, fonts *Fonts, e Edition, density density) (*setter, error) {
	s := &setter{
		source: source, template: t, book: book, edition: e, chain: fonts.Chain(e.Language),
		density: density, scale: scaleOf(e.Paper, density), values: values{book},
	}
	s.fixed = s.slots()
	var err error
	if s.names, err = s.readNames(); err == nil && e.Second != nil {
		s.also, err = s.second(e)
	}
	return s, err
}

// readNames takes the property's own names, and those that are bound to no property.
func (s *setter) readNames() (map[string]string, error) {
	names := map[string]string{}
	if s.template.Names == "" {
		return names, nil
	}
	rows, err := s.source.everywhere(s.template.Names)
	if err != nil {
		return nil, err
	}
	for _, own := range []string{"*", s.edition.Property} {
		for _, r := range rows {
			if name := r.text(nameColumn(s.edition.Language)); r.text("property") == own && name != "" {
				names[r.text("kind")+" "+r.text("code")] = name
			}
		}
	}
	return names, nil
}

func nameColumn(language string) string {
	return strings.ReplaceAll(strings.ToLower(language), "-", "_")
}

// name gives the name of a code: the reference's, else that of a fixed word, which may use the row's columns, else the code.
func (s *setter) name(kind, code string, r row) string {
	if name := s.names[kind+" "+code]; name != "" {
		return name
	}
	if word := "notice." + kind + "." + code; s.book.Has(word) {
		return s.fill(word, r, nil)
	}
	s.quote(code)
	s.warn("there is no name for %s %q in %s", kind, code, s.edition.Language)
	return code
}

// rows gives a relation's rows, of the block at hand only those that it asks for.
func (s *setter) rows(relation string) ([]row, error) {
	all, err := s.source.rows(relation)
	if err != nil || len(s.only) == 0 {
		return all, err
	}
	var list []row
	for _, r := range all {
		fits := true
		for column, value := range s.only {
			fits = fits && r.text(column) == value
		}
		if fits {
			list = append(list, r)
		}
	}
	return list, nil
}

func (s *setter) word(key string, pairs ...string) string {
	return s.book.Text(key, slices.Concat(pairs, s.fixed)...)
}

// quote keeps what is about to stand on the notice as a relation has it: it is read again before the notice is published.
func (s *setter) quote(text string) string {
	if said := (handoff.Said{Block: s.place, Text: text}); text != "" && !slices.Contains(s.quoted, said) {
		s.quoted = append(s.quoted, said)
	}
	return text
}

// value writes a column; a text is quoted.
func (s *setter) value(r row, column, format string) string {
	if text, is := r[column].(string); is {
		return s.quote(text)
	}
	return s.values.format(r, column, format)
}

// missing warns of the characters that no font has, once for each block that asked for them.
func (s *setter) missing(place string) {
	for _, r := range s.chain.Replaced() {
		s.warn("%s: no font has the character %q (%U); 〓 stands in its place", place, r, r)
	}
	s.chain.Forget()
}

func (s *setter) warn(format string, args ...any) {
	if w := fmt.Sprintf(format, args...); !slices.Contains(s.warnings, w) {
		s.warnings = append(s.warnings, w)
	}
}

// document sets the whole notice.
func (s *setter) document() (*sheet.Document, error) {
	title := s.both(" ", func(s *setter) string { return s.word(s.template.Title) })
	body, err := s.blocks(s.template.Blocks, s.scale.measure())
	if err != nil {
		return nil, err
	}
	f := &flow{x: s.scale.side, top: s.scale.top + s.bandHeight(), bottom: s.scale.height - s.scale.bottom - s.footHeight(), step: s.scale.step}
	f.pour(slices.Concat(s.opening(), body, s.closing()))
	f.stretched()
	s.filled, s.overrun = f.lastFilled(), f.front > 1
	pages, outline := f.painted()
	for i, page := range pages {
		s.frame(page, i+1, len(pages))
	}
	return &sheet.Document{
		Width: s.scale.width, Height: s.scale.height, Pages: pages, Outline: outline,
		Title:  title + " " + s.edition.PropertyName,
		Author: s.office(), Language: s.edition.Language, AsOf: s.edition.AsOf,
	}, nil
}

func (s *setter) blocks(blocks []Block, measure float64) ([]strip, error) {
	var all []strip
	for _, b := range blocks {
		if b.Paper != "" && b.Paper != s.edition.paper() || b.Spare && s.density.strict {
			continue
		}
		s.place, s.only = b.place, b.Only
		if s.also != nil {
			s.also.place, s.also.only = b.place, b.Only
		}
		if wanted, err := s.wanted(b); err != nil || !wanted {
			if err != nil {
				return nil, err
			}
			continue
		}
		strips, err := s.block(b, measure)
		if err != nil {
			return nil, err
		}
		s.missing(b.place)
		all = append(all, s.gridded(strips)...)
	}
	return all, nil
}

// gridded gives a block that ends between two steps of the grid the blank up to the next one.
func (s *setter) gridded(strips []strip) []strip {
	if n := len(strips); n > 0 {
		height := extent(strips)
		strips[n-1].height += s.scale.whole(height) - height
	}
	return strips
}

// wanted tells whether a block that depends on how many rows there are is to stand.
func (s *setter) wanted(b Block) (bool, error) {
	if b.Above == 0 && b.Below == 0 {
		return true, nil
	}
	rows, err := s.rows(b.relation())
	return len(rows) > b.Above && (b.Below == 0 || len(rows) < b.Below), err
}

func (s *setter) block(b Block, measure float64) ([]strip, error) {
	switch {
	case b.Heading != nil:
		return s.heading(*b.Heading, measure)
	case b.Text != nil:
		return s.text(*b.Text, measure)
	case b.KeyFigures != nil:
		return s.keyFigures(*b.KeyFigures, measure)
	case b.Table != nil:
		return s.table(*b.Table, measure)
	case b.Chart != nil:
		return s.chart(*b.Chart, measure)
	case b.List != nil:
		return s.list(*b.List, measure)
	case b.QR != nil:
		return s.qr(*b.QR, measure)
	case b.Spacer != nil:
		return []strip{{height: s.scale.steps(b.Spacer.Lines)}}, nil
	case b.PageBreak != nil:
		return s.pageBreak(*b.PageBreak)
	default:
		return s.columns(b.Columns, measure)
	}
}

// columns sets blocks side by side; where one has nothing to show, the next one moves up.
func (s *setter) columns(columns [][]Block, measure float64) ([]strip, error) {
	gutter := s.scale.mm(9)
	width := (measure - gutter*float64(len(columns)-1)) / float64(len(columns))
	var sides [][]strip
	var offsets []float64
	for _, blocks := range columns {
		strips, err := s.blocks(blocks, width)
		if err != nil {
			return nil, err
		}
		if len(strips) == 0 {
			continue
		}
		sides, offsets = append(sides, strips), append(offsets, float64(len(sides))*(width+gutter))
	}
	if len(sides) == 0 {
		return nil, nil
	}
	return []strip{columned(sides, offsets)}, nil
}

func (s *setter) pageBreak(b PageBreak) ([]strip, error) {
	if b.When != "" {
		rows, err := s.rows(b.When)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
	}
	return []strip{{onNew: true}}, nil
}
