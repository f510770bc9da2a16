-- What:  What a reader of the summary must know about the files behind it.
-- Grain: one row per period and finding
-- Key:   period, finding
with

findings as (
    select unnest(['refused', 'rejected', 'not_measurable', 'unmapped', 'orphan', 'without_limit', 'provisional_calendar']) as finding, unnest(range(7)) as position
),

summed as (
    select period, issue as finding, sum(rows)::bigint as rows, sum(files)::bigint as files
    from rpt.data_issues
    group by period, issue
),

found as (
    select s.period, f.finding, f.position, s.rows, s.files
    from summed as s
    join findings as f using (finding)
    union all
    select p.period, 'none', 9, null, null
    from mart.periods as p
    where p.period_kind not in ('day', 'week') and p.period not in (select s.period from summed as s join findings as f using (finding))
        and p.period not in (select period from rpt.stale_sources)
),

final as (
    select f.period, f.finding, f.rows, f.files
    from found as f
    join mart.periods as p using (period)
    order by p.period_kind, p.period_start, f.position
)

select * from final
