// Package arrowtag stops a build that forgot the build tag duckdb_arrow, with one line that says so.
//
// It is not imported for anything it offers.
//
// Invariant: it compiles exactly when the tag is set.
package arrowtag
