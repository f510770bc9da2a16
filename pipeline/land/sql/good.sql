-- The rows that can be used, as they are landed.
copy (
    select
        {columns}
    from judged as j
    where not j.bad{and}
    order by n
) to {path} (format parquet)
