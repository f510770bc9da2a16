package guard

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

const (
	house   = `(?:\d{1,3}|[A-Za-z]|[甲乙丙丁]|[一二三四五六七八九十]{1,3})\s?(?:號樓|号楼|棟|栋|幢|座|樓|楼|#)\s?[-、,，]?\s?`
	unit    = `(?:\d{1,2}|[甲乙丙丁A-Za-z]|[一二三四五六七八九十]{1,2})\s?(?:單元|单元|梯|門|门)\s?[-、,，]?\s?`
	floor   = `(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:樓|楼|層|层|/?F)\s?)?`
	english = `(?i:block|blk|tower|building|house)\s?[A-Za-z0-9]{1,3}\b`
	flat    = `(?i:flat|unit|room|rm|apt|apartment)\.?\s?[A-Za-z]?\d{0,4}[A-Za-z]?\b`
)

// The ways in which people write a room: with its building, with building and unit, as three numbers, in English.
var roomForms = []*regexp.Regexp{
	regexp.MustCompile(house + `(?:` + unit + `)?` + floor + `[A-Za-z]?\d{1,4}[A-Za-z]?\s?(?:號房|号房|室|房|戶|户)`),
	regexp.MustCompile(house + `(?:` + unit + `)?` + floor + `[A-Za-z]\s?(?:室|房|單位|单位)`),
	regexp.MustCompile(house + unit + floor + `\d{3,4}[A-Za-z]?`),
	regexp.MustCompile(`\b\d{1,3}-\d{1,2}-\d{3,4}\b`),
	regexp.MustCompile(english + `[,，、\s]+(?:\d{1,2}(?:/F|st floor|nd floor|rd floor|th floor)[,，、\s]+)?` + flat),
	regexp.MustCompile(flat + `[,，、\s]+(?:\d{1,2}(?:/F|st floor|nd floor|rd floor|th floor)[,，、\s]+)?` + english),
}

// rooms finds what reads as building and room together.
func rooms(text string) []string {
	plain := norm.NFKC.String(text)
	var found []string
	for _, form := range roomForms {
		for _, s := range form.FindAllString(plain, -1) {
			whole := func(other string) bool { return strings.Contains(other, s) }
			if strings.ContainsAny(s, "0123456789") && !slices.ContainsFunc(found, whole) {
				found = append(found, strings.TrimSpace(s))
			}
		}
	}
	return found
}

var (
	// What stands between the parts of an address, and after its last one.
	parting = regexp.MustCompile(`(?:號樓|号楼|棟|栋|幢|座|樓|楼|單元|单元|梯|門|门|號房|号房|室|房|戶|户|號|号|第|[-‐‑–—#|/\s])+`)
	token   = regexp.MustCompile(`[0-9A-Za-z]+|\||[^0-9A-Za-z|]+`)
	zeros   = regexp.MustCompile(`(^|\|)0+([0-9])`)
)

// roomKey writes an address as its parts: "3棟2單元501室" and "3-2-501" are 3|2|501.
func roomKey(address string) string {
	key := strings.Trim(parting.ReplaceAllString(strings.ToLower(norm.NFKC.String(address)), "|"), "|")
	return zeros.ReplaceAllString(key, "$1$2")
}

// roomsIn finds the rooms that tickets came from.
func (l *Lists) roomsIn(property, text string) []string {
	known := l.rooms[property]
	if len(known) == 0 {
		return nil
	}
	parts := token.FindAllString(roomKey(text), -1)
	var found []string
	for i := range parts {
		key := ""
		for j := i; j < len(parts) && j < i+7; j++ {
			key += parts[j]
			if known[key] {
				found = append(found, key)
			}
		}
	}
	return found
}
