-- What:  How many figures clearly improved and declined, in one sentence.
-- Grain: one row per property (and company), zone (* for all) and period
-- Key:   property, zone, period
-- Spec:  §0 improvement and decline
with

final as (
    select
        property,
        zone,
        period,
        case when not bool_or(previous is not null and points is not null) then 'alone' when count(change_case) = 0 then 'none' else 'some' end as finding,
        count(*) filter (where points is not null and previous is not null)::bigint as compared,
        count(*) filter (where change_case = 'better')::bigint as better,
        count(*) filter (where change_case = 'worse')::bigint as worse
    from rpt.compared
    where category = '*'
    group by property, zone, period, period_kind, period_start
    order by property, zone, period_kind, period_start
)

select * from final
