-- What:  What was charged, by category, the most expensive first, all together last.
-- Grain: one row per property (and company), zone (* for all), period and category (* for all) with a charged repair
-- Key:   property, zone, period, category
-- Spec:  §1 fees_charged, chargeable_jobs, fee_gap_jobs, fee_unreasonable
with

summed as (
    select
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        period,
        case when grouping(category) = 1 then '*' else category end as category,
        count(*)::bigint as jobs,
        sum(fee_charged)::decimal(14, 2) as charged,
        (sum(fee_charged) / count(*))::decimal(14, 2) as mean_charged,
        count(*) filter (where fee_gap > 0)::bigint as above_quote,
        sum(fee_gap) filter (where fee_gap > 0)::decimal(14, 2) as above_by,
        count(fee_reasonable)::bigint as answered,
        count(*) filter (where fee_reasonable = 'no')::bigint as unreasonable
    from rpt.charges
    group by period, grouping sets ((), (category), (property), (property, category), (property, zone), (property, zone, category))
),

final as (
    select s.*
    from summed as s
    join mart.periods as p using (period)
    order by s.property, s.zone, p.period_kind, p.period_start, s.category = '*', s.charged desc, s.category
)

select * from final
