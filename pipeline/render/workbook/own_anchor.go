package workbook

import (
	"encoding/xml"
	"path"
	"strings"
)

// relationTo gives the id of the relation that leads to a part of that name, empty where there is none.
func relationTo(relations, name string) string {
	var list struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := xml.Unmarshal([]byte(relations), &list); err != nil {
		return ""
	}
	for _, r := range list.Relationship {
		if path.Base(r.Target) == name {
			return r.ID
		}
	}
	return ""
}

// anchorOf gives the cell of the drawing's frame that shows a relation.
func anchorOf(drawing, id string) string {
	type anchor struct {
		From struct {
			Col int `xml:"col"`
			Row int `xml:"row"`
		} `xml:"from"`
		Inner string `xml:",innerxml"`
	}
	var d struct {
		One []anchor `xml:"oneCellAnchor"`
		Two []anchor `xml:"twoCellAnchor"`
	}
	if err := xml.Unmarshal([]byte(drawing), &d); err != nil {
		return "A1"
	}
	for _, a := range append(d.One, d.Two...) {
		if strings.Contains(a.Inner, `id="`+id+`"`) {
			return at(a.From.Col+1, a.From.Row+1)
		}
	}
	return "A1"
}
