package land

import (
	"fmt"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/returned"
)

// handBack is what a workbook of returned rows says beside the cells of the export: which row is which.
type handBack struct {
	sheets int                     // those that have our columns
	first  []returned.Reference    // of the first rows, to find the export by
	seen   map[int64]bool          // rows of the export, those whose cells were all cleared too
	mends  []mend                  // of the data rows
	whole  bool                    // all rows were seen
	added  []int64                 // data rows without a reference
	from   map[string]handoff.File // exports by the digests that references carry
	entire *handoff.File           // the export refused whole for which the file is handed in
}

// mend says which row of which export a data row mends.
type mend struct {
	row int64
	returned.Reference
}

// exports are those of the archive, by kind and the first characters of their digest.
type exports map[[2]string]handoff.File

// exportsOf keeps of two sources that delivered the same bytes the first.
func exportsOf(delivery handoff.Delivery) exports {
	all := exports{}
	for _, f := range delivery.Files {
		k := [2]string{f.Kind, f.Digest[:min(len(f.Digest), returned.DigestLength)]}
		if _, there := all[k]; !there {
			all[k] = f
		}
	}
	return all
}

// enoughReferences is how many rows show which exports a workbook of returned rows is of.
const enoughReferences = 100

// handedBack cuts our columns out of the sheets of a workbook of returned rows: what is left is laid out like the export. For any
// other export it gives nil.
func handedBack(book *decode.Book) (*handBack, error) {
	back := &handBack{seen: map[int64]bool{}, from: map[string]handoff.File{}}
	for i, s := range book.Sheets {
		head, err := s.Head(enoughReferences)
		if err != nil {
			return nil, err
		}
		ours := ourColumns(head)
		if len(ours) == 0 {
			continue
		}
		back.sheets++
		book.Sheets[i] = s.Without(ours)
		for _, r := range head {
			if ref, ok := returned.In(r.Cells); ok {
				back.first = append(back.first, ref)
			}
		}
	}
	if back.sheets == 0 {
		return nil, nil
	}
	return back, nil
}

// anyRow says that there is a header, and nothing of where.
const anyRow = -1

func ourColumns(head []decode.Record) []int {
	for _, r := range head[:min(len(head), headerWithin)] {
		var ours []int
		for i, c := range r.Cells {
			if returned.IsOurs(c) {
				ours = append(ours, i)
			}
		}
		if len(ours) > 0 {
			return ours
		}
	}
	return nil
}

// sourceOf gives the mapping of the export that rows came from: they have its layout, wherever they are handed in.
func (p Plan) sourceOf(back *handBack, f handoff.File, source config.Source) config.Source {
	for _, ref := range back.first {
		if export, known := p.exports[[2]string{f.Kind, ref.Digest}]; known {
			source = p.source(export)
			break
		}
	}
	source.Sheet, source.HeaderRow = "", anyRow // of the export, not of our workbook
	return source
}

// alike refuses rows of several layouts in one file: only those of one would be read.
func (b *handBack) alike(l layout) error {
	if b == nil || b.sheets == len(l.sheets) {
		return nil
	}
	return refusal("mixed_layouts", "hand in each sheet as a file of its own", "its sheets hold returned rows of several layouts")
}

// read goes through the rows for what our columns say.
func (b *handBack) read(l layout) error {
	_, err := l.gather(func(int64, decode.Record) error { return nil })
	b.whole = true
	return err
}

// mendsRows tells whether the file holds returned rows, and not a file that was refused whole.
func (b *handBack) mendsRows() bool { return b != nil && b.entire == nil && len(b.mends) > 0 }

// see keeps what our columns say of a row below the header. A row whose own cells were all cleared is handed in, too: it is given up.
func (b *handBack) see(r decode.Record, sort rowSort, row int64) {
	if b == nil || b.whole || sort != dataRow && sort != blankRow {
		return
	}
	ref, ok := returned.In(r.Cut)
	if !ok {
		if sort == dataRow {
			b.added = append(b.added, row)
		}
		return
	}
	if ref.Of > 0 {
		b.seen[ref.Row] = true
	}
	if sort == dataRow {
		b.mends = append(b.mends, mend{row, ref})
	}
}

// resolve finds the exports that the references name, and what is to be said of those that name none.
func (b *handBack) resolve(p Plan, kind string) (notes []string) {
	unknown := 0
	for _, m := range b.mends {
		if _, there := b.from[m.Digest]; there {
			continue
		}
		if export, known := p.exports[[2]string{kind, m.Digest}]; known {
			b.from[m.Digest] = export
		} else {
			unknown++
		}
	}
	if unknown > 0 {
		notes = append(notes, fmt.Sprintf("rows whose reference names no export of the archive, read as rows of this file: %d", unknown))
	}
	return notes
}

// judgeWhole finds out whether the file is handed in for one that was refused whole, and refuses it when rows are missing: they would
// be lost without a word.
func (b *handBack) judgeWhole() error {
	if len(b.mends) == 0 {
		return nil
	}
	first := b.mends[0]
	for _, m := range b.mends {
		if m.Of == 0 || m.Digest != first.Digest || m.Of != first.Of {
			return nil
		}
	}
	export, known := b.from[first.Digest]
	if !known {
		return nil
	}
	if missing := first.Of - int64(len(b.seen)); missing > 0 {
		return refusal("incomplete", "hand in the whole workbook; of a row that is to be left out, clear the cells and keep the reference",
			"%s was refused whole, and %d of its %d rows are missing here", export.Name, missing, first.Of)
	}
	b.entire = &export
	b.placeAdded(first.Reference)
	return nil
}

// placeAdded gives rows that were added to a file refused whole their places behind those that it had.
func (b *handBack) placeAdded(like returned.Reference) {
	for row := range b.seen {
		like.Row = max(like.Row, row)
	}
	for _, row := range b.added {
		like.Row++
		b.mends = append(b.mends, mend{row, like})
	}
}

// date gives the file date by which a row is judged, where it isn't the file's own.
func (b *handBack) date(m mend) (time.Time, bool) {
	export, known := b.from[m.Digest]
	return export.Date, known
}
