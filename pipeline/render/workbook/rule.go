package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The rules that a column may have. Excel applies them itself, so they hold as well after somebody has sorted or changed the cells.
const (
	dataBar   = "bar"        // a bar from zero as long as the value
	heat      = "heat"       // the darker, the more: white to teal, which stays in order in grey
	aboveZero = "above_zero" // what isn't nothing is bold and red
	fillIn    = "fill_in"    // an empty cell is there to be filled in, and tinted until it is
)

var rules = map[string]bool{"": true, dataBar: true, heat: true, aboveZero: true, fillIn: true}

// heatWidth is how narrow a column of a heat map may be: 24 hours have to fit on a page.
const heatWidth = 5.0

// hot is the darkest colour of a heat map: black figures must stay legible on it.
const hot = "6FB0B0"

// addRules gives the cells below each head the rule of its column. Columns side by side with the same rule share it: of a heat map
// all are compared with each other.
func (p *press) addRules(s *sheet) error {
	for _, t := range s.tables {
		last := t.beforeTotal()
		if last == t.head {
			continue
		}
		columns := t.grid.rules
		for from := 0; from < len(columns); from++ {
			to := from
			for columns[from].Rule == heat && to+1 < len(columns) && columns[to+1].Rule == heat {
				to++
			}
			area := at(from+1, t.head+1) + ":" + at(to+1, last)
			if err := p.addRule(s, area, columns[from]); err != nil {
				return fmt.Errorf("rule %s: %w", columns[from].Rule, err)
			}
			from = to
		}
	}
	return nil
}

// beforeTotal gives the last row that isn't a total: beside one, the bars of all others would be short.
func (pl *place) beforeTotal() int {
	keys, last := pl.grid.keys, pl.last
	for i := len(keys) - 1; i >= 0 && keys[i] == whole; i-- {
		last--
	}
	return last
}

func (p *press) addRule(s *sheet, area string, c Column) error {
	var rule excelize.ConditionalFormatOptions
	switch c.Rule {
	case dataBar:
		rule = excelize.ConditionalFormatOptions{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#" + paleTeal, BarSolid: true}
	case heat:
		rule = excelize.ConditionalFormatOptions{Type: "2_color_scale", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", MinColor: "#" + white, MaxColor: "#" + hot}
	case aboveZero:
		style, err := p.ink.alarm()
		if err != nil {
			return err
		}
		rule = excelize.ConditionalFormatOptions{Type: "cell", Criteria: ">", Value: "0", Format: &style}
	case fillIn:
		return p.addInput(s, area, c)
	default:
		return nil
	}
	return p.ink.file.SetConditionalFormat(s.name, area, []excelize.ConditionalFormatOptions{rule})
}

func (k *ink) alarm() (int, error) {
	return k.file.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: red}})
}

func (k *ink) empty() (int, error) {
	return k.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{cream}}})
}

// toFill is a cell that the reader fills in. It takes what the column says: a date stays a date, all else is text.
func (p *press) toFill(c Column) cell {
	l := look{boxed: true, wrap: true, pattern: "@"}
	if f := formats[c.Format]; f.pattern != "" {
		l.pattern = f.pattern
	}
	return cell{look: l}
}

// addInput tints the cells that are still empty, and offers what may be written: a date, or one of the choices.
func (p *press) addInput(s *sheet, area string, c Column) error {
	style, err := p.ink.empty()
	if err != nil {
		return err
	}
	err = p.ink.file.SetConditionalFormat(s.name, area, []excelize.ConditionalFormatOptions{{Type: "blanks", Format: &style}})
	if err != nil {
		return err
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(area)
	switch of := p.places[c.Choices]; {
	case of != nil && of.last > of.head:
		v.SetSqrefDropList(fmt.Sprintf("'%s'!%s:%s", of.sheet, absolute(1, of.head+1), absolute(1, of.last)))
	case c.Format == "date":
		if err := v.SetRange(firstDate, lastDate, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
	default:
		return nil
	}
	return p.ink.file.AddDataValidation(s.name, v)
}

// The dates that a promise may have, as Excel counts days: 2000-01-01 to 2099-12-31.
const firstDate, lastDate = 36526, 73050
