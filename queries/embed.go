// Package queries embeds the SQL that turns exports into figures: a folder is a schema, a file a table.
//
// It holds no Go but this, and nothing else reads the files: package model plans and builds them.
//
// Invariant: every .sql file is one SELECT with a header, a macro in fn/, or a check beside the table that it checks.
package queries

import "embed"

// Files holds the queries as they stand in these folders: fn, stg, int, code, cohort, mart, rpt, public, kept.
//
//go:embed */*.sql
var Files embed.FS
