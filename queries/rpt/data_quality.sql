-- What:  For each file of a period, rows read, loaded, rejected and duplicate, and whether they add up.
-- Grain: one row per period and file
-- Key:   period, source, file_date, digest, file
with

flows as (
    select
        period,
        source,
        file_date,
        digest,
        file,
        (sum(rows) filter (where issue = 'read'))::bigint as read,
        (sum(rows) filter (where issue = 'loaded'))::bigint as loaded,
        (sum(rows) filter (where issue = 'rejected'))::bigint as rejected,
        (sum(rows) filter (where issue = 'duplicate'))::bigint as duplicate
    from rpt.file_issues
    group by period, source, file_date, digest, file
),

final as (
    select f.*, f.read = f.loaded + f.rejected + f.duplicate as balance
    from flows as f
    join mart.periods as p using (period)
    order by p.period_kind, p.period_start, f.file_date desc, f.source, f.file, f.digest
)

select * from final
