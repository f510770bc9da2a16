// Package typeset turns text into lines of placed glyphs: which face has the character, where a line may end, how far apart
// the glyphs stand.
//
// It knows no page, no template and no figure, and it draws nothing.
//
// Invariant: the lines of a text, read one after the other, give back every visible character of it in order.
package typeset

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"noticeboard/pipeline/fault"
)

// Face is one font file: its bytes for the document, and the width of every character it has.
type Face struct {
	Name   string
	Data   []byte
	widths []uint16 // in thousandths of an em, by character of the basic plane; absent: the face has no glyph
}

// absent is no width that a character of ours has.
const absent = ^uint16(0)

// Fonts are the faces of notices. They may be shared by several goroutines.
type Fonts struct {
	traditional, simplified pair
	further                 *Face // asked last, for regular and bold alike; nil: none is configured
}

type pair struct{ regular, bold *Face }

func (p pair) of(bold bool) *Face {
	if bold {
		return p.bold
	}
	return p.regular
}

// LoadFonts reads the four faces from fonts/ of the templates, and the one that is asked for what they lack, where one is named.
// Faces that aren't there are a problem that says how to get them.
func LoadFonts(templates fs.FS, further string) (*Fonts, error) {
	f := &Fonts{}
	var problems []fault.Problem
	for _, want := range []struct {
		name string
		face **Face
	}{
		{"NotoSansTC-Regular", &f.traditional.regular}, {"NotoSansTC-Bold", &f.traditional.bold},
		{"NotoSansSC-Regular", &f.simplified.regular}, {"NotoSansSC-Bold", &f.simplified.bold},
	} {
		face, err := loadFace(templates, want.name)
		if err != nil {
			problems = append(problems, problemOf(want.name, err))
		}
		*want.face = face
	}
	if further != "" {
		face, err := loadFace(templates, further)
		if err != nil {
			problems = append(problems, problemOf(further, err))
		}
		f.further = face
	}
	return f, fault.New(fault.Configuration, problems)
}

func problemOf(name string, err error) fault.Problem {
	p := fault.Problem{File: "templates/fonts/" + name + ".ttf", Message: err.Error(), Hint: "it must be a font with TrueType outlines"}
	if errors.Is(err, fs.ErrNotExist) {
		p.Message = "the font isn't there, and notices can't be set without it"
		p.Hint = "run make fonts before building, or put a TrueType font of that name into templates/fonts of the home folder"
	}
	return p
}

func loadFace(templates fs.FS, name string) (*Face, error) {
	content, err := fs.ReadFile(templates, path.Join("fonts", name+".ttf"))
	if err != nil {
		return nil, err
	}
	parsed, err := sfnt.Parse(content)
	if err != nil {
		return nil, err
	}
	face := &Face{Name: name, Data: content, widths: make([]uint16, 1<<16)}
	return face, face.measure(parsed)
}

// measure asks for all widths at once, so that a loaded face never changes.
func (f *Face) measure(parsed *sfnt.Font) error {
	var buffer sfnt.Buffer
	for r := range f.widths {
		f.widths[r] = absent
		glyph, err := parsed.GlyphIndex(&buffer, rune(r))
		if err != nil {
			return fmt.Errorf("character %U: %w", r, err)
		}
		if glyph == 0 {
			continue
		}
		// At 1,000 units to the em, an advance comes in thousandths of it.
		advance, err := parsed.GlyphAdvance(&buffer, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			return fmt.Errorf("character %U: %w", r, err)
		}
		f.widths[r] = uint16(advance.Round())
	}
	return nil
}

// Has tells whether the face has a glyph for the character. A document can't hold characters beyond the basic plane.
func (f *Face) Has(r rune) bool {
	return r >= 0 && int(r) < len(f.widths) && f.widths[r] != absent
}

func (f *Face) width(r rune) float64 { return float64(f.widths[r]) / 1000 }

// Chain is the order in which faces are asked for a character, and what none of them had.
type Chain struct {
	faces    []pair
	centred  bool // stops stand in the middle of their square, as in Taiwan and Hong Kong
	latin    bool // quotation marks are those of a typewriter: the curly ones of these fonts fill a Chinese square
	replaced map[rune]bool
}

// Chain gives the faces for a language: the Traditional ones first for zh-Hant, the Simplified ones first for the others; last the further one.
func (f *Fonts) Chain(language string) *Chain {
	c := &Chain{faces: []pair{f.simplified, f.traditional}, replaced: map[rune]bool{}, latin: language == "en"}
	if language == "zh-Hant" {
		c.faces, c.centred = []pair{f.traditional, f.simplified}, true
	}
	if f.further != nil {
		c.faces = append(c.faces, pair{f.further, f.further})
	}
	return c
}

// substitute is printed for a character that no face has.
const substitute = '〓'

// face gives the first face that has the character, and the character to print.
func (c *Chain) face(r rune, bold bool) (*Face, rune) {
	for _, p := range c.faces {
		if face := p.of(bold); face.Has(r) {
			return face, r
		}
	}
	c.replaced[r] = true
	return c.faces[0].of(bold), substitute
}
