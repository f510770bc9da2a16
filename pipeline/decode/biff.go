package decode

// compound opens an OLE compound file: an old .xls, or a protected .xlsx.
func (o *opener) compound(p part) error {
	return refuse("not_a_table", "save it as .xlsx", "it is an old .xls workbook")
}
