-- Which row of which export each returned row mends.
copy (
    select {landed} as landed, {kind} as kind, mending_row as src_row, mended_digest, mended_row
    from mends
    order by mending_row
) to {path} (format parquet)
