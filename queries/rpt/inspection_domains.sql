-- What:  Inspections by domain, all together last.
-- Grain: one row per property (and company), zone (* for all), period and domain (* for all)
-- Key:   property, zone, period, domain
-- Spec:  §6
with

wide as (
    select
        property,
        zone,
        category as domain,
        period,
        any_value(period_kind) as period_kind,
        any_value(period_start) as period_start,
        any_value(n) filter (where metric = 'inspection_score')::bigint as scored,
        any_value(value) filter (where metric = 'inspection_score') as score,
        any_value(previous) filter (where metric = 'inspection_score') as previous,
        any_value(light) filter (where metric = 'inspection_score') as light,
        any_value(unsure) filter (where metric = 'inspection_score') as unsure,
        any_value(value) filter (where metric = 'inspection_pass') as passed,
        any_value(value) filter (where metric = 'inspection_done') as done,
        any_value(value) filter (where metric = 'inspection_plan_kept') as plan_kept,
        any_value(value) filter (where metric = 'findings')::bigint as findings,
        any_value(value) filter (where metric = 'rectified') as rectified,
        any_value(value) filter (where metric = 'hours_to_rectify_median') as hours_to_rectify
    from rpt.compared
    where metric in ('inspection_score', 'inspection_pass', 'inspection_done', 'inspection_plan_kept', 'findings', 'rectified', 'hours_to_rectify_median')
    group by property, zone, category, period
),

domains as (
    select unnest(['security', 'facility', 'lighting', 'cleaning', 'traffic', 'greening', 'other']) as domain, unnest(range(7)) as position
),

final as (
    select w.* exclude (period_kind, period_start)
    from wide as w
    left join domains as d using (domain)
    order by w.property, w.zone, w.period_kind, w.period_start, w.domain = '*', d.position nulls last, w.domain
)

select * from final
