-- The rows that can be used, as they are landed, in the order of the export. Content is apart because the engine binds an expression
-- again for each use of its alias in the same step.
copy (
    with

    judged as (
        select
            *,
            {content} as content
        from given
        where not (
            {bad}
        )
    )

    select
        {columns}
    from judged{where}
) to {path} (format parquet, dictionary_size_limit 1000)
