package notice

import (
	"math"
	"strconv"
	"time"

	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// slots gives what every word may say: the period and its neighbours, names, dates, the edition.
func (s *setter) slots() []string {
	e := s.edition
	from := e.PostedFrom
	if from.IsZero() {
		from = e.AsOf
	}
	until := from.AddDate(0, 0, max(e.PostingDays, 1)-1)
	last := e.End.AddDate(0, 0, -1)
	pairs := []string{
		"property", e.PropertyName, "company", s.office(), "edition", strconv.Itoa(e.Number),
		"from", s.values.date(e.Start), "to", s.values.date(last), "to_day", s.dayAfter(e.Start, last), "as_of", e.AsOf.Format(time.DateOnly), "as_of_date", s.values.date(e.AsOf),
		"posted_from", from.Format(time.DateOnly), "posted_from_date", s.values.date(from), "posted_until", until.Format(time.DateOnly),
		"year", strconv.Itoa(e.Start.Year()), "month", s.values.month(e.Start),
	}
	turn := "notice.turn." + string(s.template.Period)
	if s.template.Period == "half" {
		turn += strconv.Itoa(1 + (int(e.Start.Month())-1)/6)
	}
	for _, which := range []string{"this", "previous", "year_before", "next"} {
		if s.book.Has(turn + "." + which) {
			pairs = append(pairs, which, s.book.Text(turn+"."+which, pairs...))
		}
	}
	return pairs
}

// dayAfter writes the end of a span: without its year where that is the start's.
func (s *setter) dayAfter(start, end time.Time) string {
	if start.Year() == end.Year() {
		return s.values.day(end)
	}
	return s.values.date(end)
}

// office signs a notice: the office responsible, else the company, else the property.
func (s *setter) office() string {
	for _, name := range []string{s.edition.Posting.Office.In(s.edition.Language), s.edition.CompanyName} {
		if name != "" {
			return name
		}
	}
	return s.edition.PropertyName
}

func (s *setter) bandStyle() typeset.Style { return s.scale.style(9.5, false, quiet) }

func (s *setter) bandHeight() float64 { return s.scale.mm(11) }

func (s *setter) footHeight() float64 {
	return s.scale.mm(3) + float64(len(s.footLines()))*s.scale.leading(s.scale.foot())
}

// frame adds what stands on every page: band, foot and, below everything, the mark of a draft.
func (s *setter) frame(page *sheet.Page, number, of int) {
	var marks []sheet.Mark
	if s.edition.Draft {
		marks = append(marks, s.draftMark())
	}
	marks = append(marks, page.Marks...)
	marks = append(marks, s.band()...)
	page.Marks = append(marks, s.foot(number, of)...)
}

func (s *setter) band() []sheet.Mark {
	x, y, right := s.scale.side, s.scale.top, s.scale.width-s.scale.side
	style, office, posted := s.bandLines(right - x - s.scale.mm(6))
	base, leading := s.scale.baseline(style), s.scale.leading(style)
	return []sheet.Mark{
		sheet.Text{X: x, Y: y + base, Line: office},
		sheet.Text{X: right - posted.Width, Y: y + base, Line: posted},
		sheet.Area{X: x, Y: y + leading + s.scale.mm(1), Width: right - x, Height: s.scale.mm(0.45), Ink: blue},
	}
}

// bandLines are who posts the notice, and which edition it is. Where both are too long for one line they get smaller, then say less: in
// one language, then the property for its office, whose name stands at the notice's end as well.
func (s *setter) bandLines(room float64) (style typeset.Style, office, posted typeset.Line) {
	style = s.bandStyle()
	both := s.both("　", (*setter).bandText)
	for i, try := range [][2]string{
		{s.both(" ", (*setter).office), both},
		{s.office(), both}, {s.office(), s.bandText()}, {s.edition.PropertyName, s.bandText()}, {"", s.bandText()},
	} {
		if i == 1 {
			style.Size = s.scale.foot().Size
		}
		office, posted = s.line(try[0], style), s.line(try[1], style)
		if office.Width+posted.Width <= room {
			break
		}
	}
	return style, office, posted
}

// bandText says which edition it is and how long it hangs; a corrected one, which it corrects.
func (s *setter) bandText() string {
	if s.edition.Corrects.IsZero() {
		return s.word("notice.band")
	}
	return s.word("notice.band_corrected", "before", strconv.Itoa(s.edition.Number-1), "corrected", s.edition.Corrects.Format(time.DateOnly))
}

func (s *setter) line(text string, style typeset.Style) typeset.Line {
	return s.chain.Single(typeset.Span{Text: text, Style: style})
}

// footLines gives the foot's left and right parts: on one line where they fit, else on two; in each language of the notice.
func (s *setter) footLines() [][2]string {
	lines := s.ownFoot()
	if s.also != nil {
		lines = append(lines, s.also.ownFoot()...)
	}
	return lines
}

func (s *setter) ownFoot() [][2]string {
	left, right := s.word(s.template.Foot), s.word("notice.foot.lines", "telephone", s.orBlank(s.edition.Posting.Telephone),
		"complaint_line", s.orBlank(s.edition.Posting.ComplaintLine))
	pages := s.word("notice.foot.page", "number", "8", "of", "8")
	width := s.line(left+right+pages, s.scale.foot()).Width
	if width+s.scale.mm(8) < s.scale.measure() {
		return [][2]string{{left, right}}
	}
	return [][2]string{{left, ""}, {right, ""}}
}

func (s *setter) foot(number, of int) []sheet.Mark {
	style := s.scale.foot()
	leading := s.scale.leading(style)
	x, right := s.scale.side, s.scale.width-s.scale.side
	lines := s.footLines()
	y := s.scale.height - s.scale.bottom - float64(len(lines))*leading
	marks := []sheet.Mark{sheet.Area{X: x, Y: y - s.scale.mm(1), Width: right - x, Height: s.scale.mm(0.2), Ink: grey}}
	page := s.both("　", func(s *setter) string {
		return s.word("notice.foot.page", "number", strconv.Itoa(number), "of", strconv.Itoa(of))
	})
	for i, l := range lines {
		at := y + float64(i)*leading + s.scale.baseline(style)
		marks = append(marks, sheet.Text{X: x, Y: at, Line: s.line(l[0], style)})
		end := l[1]
		if i == len(lines)-1 {
			if end != "" {
				end += s.word("notice.foot.between")
			}
			end += page
		}
		if end != "" {
			line := s.line(end, style)
			marks = append(marks, sheet.Text{X: right - line.Width, Y: at, Line: line})
		}
	}
	return marks
}

func (s *setter) draftMark() sheet.Mark {
	diagonal := math.Hypot(s.scale.width, s.scale.height)
	style := typeset.Style{Size: 60 * s.scale.zoom, Bold: true, Ink: faint}
	say := func(s *setter) string { return s.word("notice.draft") }
	line := s.line(s.both("　", say), style)
	if longest := 0.72 * diagonal; line.Width > longest {
		style.Size *= longest / line.Width
		line = s.line(s.both("　", say), style)
	}
	angle := math.Atan2(s.scale.height, s.scale.width) * 180 / math.Pi
	return sheet.Slanted{X: s.scale.width / 2, Y: s.scale.height / 2, Angle: angle, Line: line}
}

// opening is the title and the line below it.
func (s *setter) opening() []strip {
	titles := s.each(func(s *setter) string { return s.word(s.template.Title) })
	strips := s.paragraph(s.scale.measure(), false, typeset.Span{Text: titles[0], Style: s.tight(s.scale.title(), titles[0])})
	for _, title := range titles[1:] {
		style := s.scale.title()
		style.Size *= 0.5
		strips = append(strips, s.paragraph(s.scale.measure(), false, typeset.Span{Text: title, Style: s.tight(style, title)})...)
	}
	for i := range strips {
		strips[i].keep = true
	}
	strips[0].outline = titles[0]
	if s.template.Subtitle != "" {
		lines := s.each(func(s *setter) string { return s.word(s.template.Subtitle) })
		strips = append(strips, s.paragraphs(s.scale.measure(), false, s.scale.subtitle(), lines)...)
	}
	return strips
}

// tight makes a title a little smaller where that saves it from a second line.
func (s *setter) tight(style typeset.Style, text string) typeset.Style {
	width := s.line(text, style).Width
	if measure := s.scale.measure(); width > measure && width < 1.25*measure {
		style.Size *= 0.995 * measure / width
	}
	return style
}

// blank is what stands where staff will write by hand.
const blank = "＿＿＿＿＿＿"

func (s *setter) orBlank(text string) string {
	if text == "" {
		return blank
	}
	return text
}

// closing ends a notice: who is responsible and how to reach them at the left, company, date and room for the seal at the right.
func (s *setter) closing() []strip {
	measure := s.scale.measure()
	left := 0.56 * measure
	posting := stack(s.postingLines(left))
	seal := s.seal(measure - left)
	whole := beside([]strip{posting, seal}, []float64{0, left})
	whole.before = s.scale.step
	return []strip{whole}
}

func (s *setter) postingLines(measure float64) []strip {
	p := s.edition.Posting
	style := s.scale.small()
	label := s.scale.style(9.5, false, quiet)
	var strips []strip
	for _, field := range []struct {
		word string
		text func(*setter) string
	}{
		{"notice.posting.office", func(s *setter) string { return p.Office.In(s.edition.Language) }},
		{"notice.posting.telephone", func(*setter) string { return p.Telephone }},
		{"notice.posting.complaint_line", func(*setter) string { return p.ComplaintLine }},
		{"notice.posting.owners_committee", func(s *setter) string { return p.OwnersCommittee.In(s.edition.Language) }},
		{"notice.posting.authority_line", func(s *setter) string { return p.AuthorityLine.In(s.edition.Language) }},
		{"notice.posting.rule", func(s *setter) string { return s.edition.PostingRule }},
	} {
		text := s.both(" ", field.text)
		if text == "" {
			s.warn("%s isn't configured for %s: left blank to be written by hand", field.word, s.edition.Property)
		}
		head := s.both(" ", func(s *setter) string { return s.word(field.word) })
		strips = append(strips, s.paragraph(measure, false, typeset.Span{Text: head + s.book.Text("notice.colon"), Style: label},
			typeset.Span{Text: s.orBlank(text), Style: style})...)
	}
	return strips
}

// seal sets company and date at the right edge, with room for the seal over them.
func (s *setter) seal(measure float64) strip {
	style := s.scale.body()
	var lines []typeset.Line
	for _, text := range append(s.each((*setter).office), s.each(func(s *setter) string { return s.word("notice.seal") })...) {
		lines = append(lines, s.chain.Lines(measure, false, typeset.Span{Text: text, Style: style})...)
	}
	return strip{height: s.scale.steps(2 + len(lines)), paint: func(x, y float64) []sheet.Mark {
		var marks []sheet.Mark
		for i, l := range lines {
			at := y + s.scale.steps(1+i) + s.scale.baseline(style)
			marks = append(marks, sheet.Text{X: x + measure - l.Width, Y: at, Line: l})
		}
		return marks
	}}
}
