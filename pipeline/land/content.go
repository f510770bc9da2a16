package land

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/zeebo/xxh3"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/record"
)

// content is a digest of what a row says of a record, whatever columns its file has: each filled field behind its number, and extra.
// It stands behind the columns that it digests, and takes what they read last.
type content struct {
	name   string
	parts  []part
	buffer []byte
	digest *fixed
}

type part struct {
	number byte
	column column
}

// contentOf digests the columns that hold fields of a kind. The id of a callback in a row of tickets is put together of two of them.
func contentOf(kind record.Kind, name string, columns map[string]column, extra *extraColumn) *content {
	c := &content{name: name}
	for i, f := range kind.Fields {
		if column, there := columns[f.Name]; there {
			c.parts = append(c.parts, part{byte(i), column})
		}
	}
	if extra != nil {
		c.parts = append(c.parts, part{byte(len(kind.Fields)), extra})
	}
	return c
}

// asUUID tells the engine that sixteen bytes are one.
var asUUID = arrow.NewMetadata([]string{"ARROW:extension:name", "ARROW:extension:metadata"}, []string{"arrow.uuid", ""})

func (c *content) fields() []arrow.Field {
	return []arrow.Field{{Name: c.name, Type: &arrow.FixedSizeBinaryType{ByteWidth: 128 / 8}, Metadata: asUUID}}
}

func (c *content) fill(to []gatherer) { c.digest = to[0].(*fixed) }

func (c *content) read(*decode.Record) (bool, error) {
	b := c.buffer[:0]
	for _, p := range c.parts {
		before := len(b)
		b = append(b, 0x1F, p.number, 0x1F)
		if after := p.column.say(b); len(after) > len(b) {
			b = after
		} else {
			b = b[:before]
		}
	}
	c.buffer = b
	sum := xxh3.Hash128(b).Bytes()
	c.digest.putBytes(sum[:])
	return true, nil
}

func (c *content) say(b []byte) []byte { return b }
