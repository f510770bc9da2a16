-- The rows that can be used, as they are landed. src_row has their order; sorting whole rows would take longer than writing them.
copy (
    select
        {columns}
    from judged as j
    where not j.bad{and}
) to {path} (format parquet)
