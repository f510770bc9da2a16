package workbook

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/zip"
)

// feeds prepares the writing of every list.
func (p *press) feeds() ([]*feed, error) {
	var feeds []*feed
	for _, l := range p.lists {
		f, err := p.newFeed(l)
		if err != nil {
			return nil, err
		}
		feeds = append(feeds, f)
	}
	return feeds, nil
}

// rowsEnd is where the rows of a sheet end.
var rowsEnd = []byte("</sheetData>")

// into writes the sheets of a list: what excelize made of each, with the rows put in.
func (f *feed) into(z *zip.Writer, shells map[string]*zip.File) error {
	var tail []byte
	f.turn = func(part string) (io.Writer, error) {
		if tail != nil {
			if _, err := f.out.Write(tail); err != nil {
				return nil, err
			}
		}
		before, after, err := halves(shells[part])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
		tail = after
		out, err := z.CreateHeader(&zip.FileHeader{Name: part, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		_, err = out.Write(before)
		return out, err
	}
	if err := f.pour(); err != nil {
		return err
	}
	_, err := f.out.Write(tail)
	return err
}

// halves gives what stands before and after the place of the rows.
func halves(shell *zip.File) (before, after []byte, err error) {
	if shell == nil {
		return nil, nil, fmt.Errorf("the sheet is missing")
	}
	in, err := shell.Open()
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	whole, err := io.ReadAll(in)
	if err != nil {
		return nil, nil, err
	}
	i := bytes.Index(whole, rowsEnd)
	if i < 0 {
		return nil, nil, fmt.Errorf("the sheet has no rows")
	}
	return whole[:i], whole[i:], nil
}
