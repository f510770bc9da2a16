-- What:  What is wrong with the files of a period, gravest first.
-- Grain: one row per period, issue and source
-- Key:   period, issue, source
with

issues as (
    select unnest([
        'refused', 'rejected', 'left_out', 'control_total', 'unreadable_text', 'orphan', 'unmapped', 'not_measurable', 'without_limit', 'closed_without_date',
        'completion_from_close', 'drift', 'day_precision', 'provisional_calendar', 'void', 'merged'
    ]) as issue, unnest(range(16)) as position
),

summed as (
    select period, issue, source, sum(rows)::bigint as rows, count(*)::bigint as files
    from rpt.file_issues
    where rows > 0
    group by period, issue, source
),

final as (
    select s.period, s.issue, s.source, s.rows, s.files
    from summed as s
    join issues as i using (issue)
    join mart.periods as p using (period)
    order by p.period_kind, p.period_start, i.position, s.source
)

select * from final
