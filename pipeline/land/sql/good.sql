-- The rows that can be used, as they are landed, in the order of the export.
copy (
    select
        {columns}
    from given
    where not (
        {bad}
    ){where}
) to {path} (format parquet, dictionary_size_limit 1000, row_group_size {rows})
