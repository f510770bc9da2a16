package ooxml

import (
	"slices"
	"strings"
)

// order compares the children of every element with the sequence that the schema gives them. A program that reads strictly calls a
// workbook damaged over one element in the wrong place.
func (w *workbook) order() {
	for name, sequences := range map[string]map[string]string{
		"xl/workbook.xml": workbookOrder, "xl/styles.xml": styleOrder, "xl/worksheets/": sheetOrder, "xl/tables/": tableOrder, "xl/charts/": chartOrder,
	} {
		for _, part := range w.ofKind(name) {
			root := w.parts[part]
			if _, known := sequences[root.name]; !known {
				w.wrong(part, "begins with <%s>", root.name)
			}
			w.sequence(part, root, sequences)
		}
	}
}

func (w *workbook) sequence(part string, n *node, sequences map[string]string) {
	sequence, known := sequences[n.name]
	if known {
		allowed, last := strings.Fields(sequence), 0
		for _, c := range n.children {
			i := slices.Index(allowed, c.name)
			switch {
			case i < 0:
				w.wrong(part, "<%s> has no place in <%s>", c.name, n.name)
				continue
			case i < last:
				w.wrong(part, "in <%s>, <%s> comes after <%s>", n.name, c.name, allowed[last])
			}
			last = max(last, i)
		}
	}
	for _, c := range n.children {
		w.sequence(part, c, sequences)
	}
}

var workbookOrder = map[string]string{
	"workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst",
}

var styleOrder = map[string]string{
	"styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
	"xf":         "alignment protection extLst",
	"border":     "start end left right top bottom diagonal vertical horizontal",
	"dxf":        "font numFmt fill alignment border protection extLst",
}

var sheetOrder = map[string]string{
	"worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst",
	"sheetPr":   "tabColor outlinePr pageSetUpPr",
	"sheetView": "pane selection pivotSelection extLst",
	"sheetData": "row", "row": "c extLst", "c": "f v is extLst", "is": "t r rPh phoneticPr",
	"conditionalFormatting": "cfRule extLst sqref", "cfRule": "formula colorScale dataBar iconSet extLst", "colorScale": "cfvo color",
	"dataValidation": "formula1 formula2",
	"headerFooter":   "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter",
}

var tableOrder = map[string]string{
	"table":       "autoFilter sortState tableColumns tableStyleInfo extLst",
	"tableColumn": "calculatedColumnFormula totalsRowFormula xmlColumnPr extLst",
}

const labels = "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines leaderLines extLst"

var chartOrder = map[string]string{
	"chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr externalData printSettings userShapes extLst",
	"chart":      "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax extLst",
	"title":      "tx layout overlay spPr txPr extLst",
	"plotArea":   "layout barChart lineChart catAx valAx dTable spPr extLst",
	"barChart":   "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
	"lineChart":  "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId extLst",
	"ser":        "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline errBars cat val smooth shape extLst",
	"dLbls":      "dLbl " + labels, "dLbl": labels,
	"catAx":    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
	"valAx":    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits extLst",
	"scaling":  "logBase orientation max min extLst",
	"legend":   "legendPos legendEntry layout overlay spPr txPr extLst",
	"numCache": "formatCode ptCount pt extLst",
	"strCache": "ptCount pt extLst",
}
