-- What:  The figures of the summary, each beside the period before, the year before, the year to date and its target.
-- Grain: one row per property (and company), zone (* for all), period and configured metric; those without a figure are empty
-- Key:   property, zone, period, metric
-- Spec:  §0 year to date, compare
with

kpis as (
    select metric, unit, direction, list_position(getvariable('kpis'), metric) as position
    from mart.metrics
    where list_contains(getvariable('kpis'), metric)
),

cells as (
    select distinct property, zone, period, period_kind, period_start
    from rpt.compared
    where category = '*'
),

final as (
    select
        l.property,
        l.zone,
        l.period,
        k.metric,
        k.unit,
        k.direction,
        c.value,
        c.previous,
        c.value - c.previous as change,
        c.change_case,
        c.year_before,
        c.value - c.year_before as year_change,
        c.year_change_case,
        t.value as year_to_date,
        c.target,
        c.light,
        c.unsure,
        k.position
    from cells as l
    cross join kpis as k
    left join rpt.compared as c on c.metric = k.metric and c.property = l.property and c.zone = l.zone and c.category = '*' and c.period = l.period
    left join mart.year_to_date as t on t.metric = k.metric and t.property = l.property and t.zone = l.zone and t.period = l.period
    order by l.property, l.zone, l.period_kind, l.period_start, k.position
)

select * from final
