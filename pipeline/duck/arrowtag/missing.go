//go:build !duckdb_arrow

package arrowtag

// Without the tag the driver has no Arrow reader. The compiler's message about this name is the one line that a person sees.
const _ = build_with___go_build_tags_duckdb_arrow___or_make_build
