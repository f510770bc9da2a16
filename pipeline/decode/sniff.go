package decode

import (
	"bytes"
	"io"
	"os"
	"strings"
)

// signature is how files of one sort begin.
type signature struct {
	magic string
	what  string
}

// foreign lists what is dropped into folders of exports and is no table.
var foreign = []signature{
	{"%PDF", "a PDF document"}, {"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"}, {"BM\x00", "a picture"},
	{"Rar!", "a RAR archive"}, {"7z\xbc\xaf", "a 7-Zip archive"}, {"BZh", "a bzip2 archive"}, {"\xfd7zXZ", "an xz archive"}, {"\x28\xb5\x2f\xfd", "a zstd archive"},
	{"PAR1", "a Parquet file"}, {"SQLite format 3", "a database"}, {`{\rtf`, "an RTF document"}, {"\x7fELF", "a program"}, {"MZ\x90", "a program"},
	{"MIME-Version:", "a web archive"},
}

const headBytes = 8 << 10

func head(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, headBytes)
	n, err := io.ReadFull(f, b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return b[:n], err
}

// open looks at the first bytes of a part and opens it as what they say.
func (o *opener) open(p part) error {
	b, err := head(p.path)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(b)) == 0 && len(b) < headBytes {
		return refuse("empty", "export it again", "the file is empty")
	}
	switch {
	case bytes.HasPrefix(b, []byte("\x1f\x8b")):
		return o.gzip(p)
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("PK\x05\x06")), bytes.HasPrefix(b, []byte("PK\x07\x08")):
		return o.zip(p)
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return o.compound(p)
	}
	for _, s := range foreign {
		if bytes.HasPrefix(b, []byte(s.magic)) {
			return notTable("it is " + s.what)
		}
	}
	return o.text(p)
}

func notTable(what string) error {
	return refuse("not_a_table", "export the list as .csv or .xlsx", "%s, not a table", what)
}

// text opens what begins like text: markup, or delimited.
func (o *opener) text(p part) error {
	enc, err := o.encodingOf(p)
	if err != nil {
		return err
	}
	start, err := enc.sample(p.path, headBytes)
	if err != nil {
		return err
	}
	trimmed := strings.ToLower(strings.TrimLeft(start, " \t\r\n"))
	switch {
	case strings.HasPrefix(trimmed, "<") && strings.Contains(trimmed, "urn:schemas-microsoft-com:office:spreadsheet") && !strings.Contains(trimmed, "<html"):
		return o.spreadsheetML(p, enc)
	case looksLikeHTML(trimmed):
		return o.html(p, enc)
	case strings.HasPrefix(trimmed, "<?xml"):
		return notTable("it is XML of another kind")
	case strings.HasPrefix(trimmed, "{"), strings.HasPrefix(trimmed, "[{"), strings.HasPrefix(trimmed, "[\n"):
		return notTable("it is JSON")
	}
	return o.delimited(p, enc)
}

func looksLikeHTML(start string) bool {
	if !strings.HasPrefix(start, "<") {
		return false
	}
	for _, tag := range []string{"<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<div", "<tr"} {
		if strings.Contains(start, tag) {
			return true
		}
	}
	return false
}

// Blank tells whether no cell holds anything to read.
func Blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
