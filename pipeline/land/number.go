package land

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/record"
)

var (
	plainNumber     = regexp.MustCompile(`^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:E[+-]?\d{1,2})?$`)
	thousands       = regexp.MustCompile(`^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d{0,30})?$`)
	currencyBefore  = regexp.MustCompile(`^([+-]?)(?:RMB|CNY|NTD|NT\$|HKD|HK\$|USD|US\$|[¥$€£])\s*`)
	currencyAfter   = regexp.MustCompile(`\s*(?:元整|元|圆|圓|塊|块|RMB|CNY|NTD|HKD|USD)$`)
	unitOfCount     = regexp.MustCompile(`\s*(?:次|人次|人|名|个|個|位|件|条|條|项|項)$`)
	unitOfScore     = regexp.MustCompile(`\s*分$`)
	decimalsOf      = map[record.Type]int{record.Count: 0, record.Number: 4, record.Money: 2}
	digitsBeforeDot = map[record.Type]int{record.Count: 9, record.Number: 14, record.Money: 12}
)

// figureOf reads a cell of a numeric field: full-width digits, thousands separators, currencies and the field's own unit. More
// decimals than the field has are rounded, half away from zero.
func figureOf(text string, kind record.Type) figure {
	if len(text) > longestValue {
		return figure{}
	}
	r, ok := exact(text, kind)
	if !ok || kind == record.Count && !r.IsInt() {
		return figure{}
	}
	whole, fraction, _ := strings.Cut(r.FloatString(decimalsOf[kind]), ".")
	if len(strings.TrimPrefix(whole, "-")) > digitsBeforeDot[kind] {
		return figure{}
	}
	units, err := strconv.ParseInt(whole+fraction, 10, 64)
	return figure{units, err == nil}
}

func exact(text string, kind record.Type) (*big.Rat, bool) {
	s := strings.ToUpper(strings.TrimSpace(norm.NFKC.String(text)))
	switch kind {
	case record.Money:
		s = currencyAfter.ReplaceAllString(currencyBefore.ReplaceAllString(s, "$1"), "")
	case record.Count:
		s = unitOfCount.ReplaceAllString(s, "")
	case record.Number:
		s = unitOfScore.ReplaceAllString(s, "")
	}
	switch {
	case thousands.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	case !plainNumber.MatchString(s):
		return nil, false
	}
	return new(big.Rat).SetString(strings.TrimSuffix(s, "."))
}
