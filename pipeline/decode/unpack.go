package decode

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// deepest is how many archives may lie inside each other: a .csv.gz in a .zip, and no more.
const deepest = 2

func damaged(what string) error {
	return refuse("damaged", "export or copy it again", "%s is damaged or cut off", what)
}

func (o *opener) tooLarge() error {
	return refuse("too_large", "split the export, or raise limits.unpacked_bytes or limits.unpacked_ratio", "it unpacks to more than %d times its size or more than %d bytes",
		o.limits.UnpackedRatio, o.limits.UnpackedBytes)
}

// unpack copies what r gives to a scratch file, within the budget that is left.
func (o *opener) unpack(r io.Reader) (string, error) {
	f, err := o.scratch()
	if err != nil {
		return "", err
	}
	defer f.Close()
	n, err := io.Copy(f, io.LimitReader(r, o.budget+1))
	o.budget -= n
	if o.budget < 0 {
		return "", o.tooLarge()
	}
	if err != nil {
		var machine *os.PathError
		if errors.As(err, &machine) {
			return "", err
		}
		return "", damaged("the archive")
	}
	return f.Name(), f.Close()
}

func (o *opener) gzip(p part) error {
	if p.depth >= deepest {
		return notTable("it is an archive inside archives")
	}
	f, err := os.Open(p.path)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		return damaged("the archive")
	}
	inner, err := o.unpack(r)
	if err != nil {
		return err
	}
	if !o.described {
		o.book.Format += "gzip: "
	}
	return o.open(part{path: inner, member: p.member, depth: p.depth + 1})
}

// zip opens a workbook, or the members of an archive.
func (o *opener) zip(p part) error {
	r, err := zip.OpenReader(p.path)
	if err != nil {
		return damaged("the archive or workbook")
	}
	defer r.Close()
	for _, f := range r.File {
		if f.Flags&1 != 0 {
			return encrypted()
		}
	}
	switch {
	case has(r.File, "xl/"):
		return o.workbook(p)
	case has(r.File, "word/"), has(r.File, "ppt/"):
		return notTable("it is an office document")
	case has(r.File, "content.xml"):
		return notTable("it is an OpenDocument file")
	}
	if p.depth >= deepest {
		return notTable("it is an archive inside archives")
	}
	if !o.described {
		o.book.Format += "zip: "
	}
	return o.members(p, r.File)
}

func encrypted() error {
	return refuse("encrypted", "remove the password and hand it in again", "it is protected by a password")
}

func has(files []*zip.File, prefix string) bool {
	for _, f := range files {
		if strings.HasPrefix(strings.ReplaceAll(f.Name, `\`, "/"), prefix) {
			return true
		}
	}
	return false
}

// mostMembers keeps an archive of a million names from being a task in itself.
const mostMembers = 1000

// members opens each file of an archive, in the order of their names. One that can't be read refuses the archive: half an
// archive is not what was handed in.
func (o *opener) members(p part, files []*zip.File) error {
	sorted := append([]*zip.File(nil), files...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Name < sorted[j].Name })
	if len(sorted) > mostMembers {
		return refuse("too_large", "split the archive", "the archive has more than %d members", mostMembers)
	}
	opened := 0
	for _, f := range sorted {
		name := memberName(f)
		if f.FileInfo().IsDir() || strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".") {
			continue
		}
		if f.Mode()&fs.ModeSymlink != 0 {
			return refuse("not_a_table", "pack the files themselves", "%s in the archive is a link", name)
		}
		if err := o.member(p, f, name); err != nil {
			return within(name, err)
		}
		opened++
	}
	if opened == 0 {
		return refuse("empty", "export it again", "the archive is empty")
	}
	return nil
}

func (o *opener) member(p part, f *zip.File, name string) error {
	if f.UncompressedSize64 > uint64(o.budget) {
		return o.tooLarge()
	}
	r, err := f.Open()
	if err != nil {
		return damaged("the archive")
	}
	defer r.Close()
	inner, err := o.unpack(r)
	if err != nil {
		return err
	}
	before := len(o.book.Sheets)
	err = o.open(part{path: inner, member: name, depth: p.depth + 1})
	for i := before; i < len(o.book.Sheets); i++ {
		o.book.Sheets[i].Member = name
	}
	return err
}

func within(member string, err error) error {
	var r Refused
	if errors.As(err, &r) {
		r.Message = member + ": " + r.Message
		return r
	}
	return err
}

// memberName reads names that Chinese tools wrote in GBK without saying so. Nothing is ever written under such a name; it is shown,
// without the .. that would lead out of a folder.
func memberName(f *zip.File) string {
	name := strings.ReplaceAll(f.Name, `\`, "/")
	if !utf8.ValidString(name) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
		if err != nil {
			decoded = strings.ToValidUTF8(name, "?")
		}
		name = decoded
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}
