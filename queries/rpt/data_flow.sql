-- What:  Whether the rows of all files of a period add up, in one sentence.
-- Grain: one row per period
-- Key:   period
with

summed as (
    select
        period,
        count(*)::bigint as files,
        sum(read)::bigint as read,
        sum(loaded)::bigint as loaded,
        sum(rejected)::bigint as rejected,
        sum(duplicate)::bigint as duplicate,
        case when bool_and(balance) then 'balanced' else 'unbalanced' end as finding
    from rpt.data_quality
    group by period
),

final as (
    select s.*
    from summed as s
    join mart.periods as p using (period)
    order by p.period_kind, p.period_start
)

select * from final
