-- What:  The figures of the summary, each beside the period before, the year before, the year to date and its target.
-- Grain: one row per property (and company), zone (* for all), period and configured metric; those without a figure are empty
-- Key:   property, zone, period, metric
-- Spec:  §0 year to date, compare
with

kpis as (
    select metric, cohort, aggregate, unit, direction, list_position(getvariable('kpis'), metric) as position
    from mart.metrics
    where list_contains(getvariable('kpis'), metric)
),

cells as (
    select distinct property, zone, period, period_kind, period_start
    from rpt.compared
    where category = '*'
),

months_so_far as (
    select p.period, q.period as month
    from mart.periods as p
    join mart.periods as q on year(q.period_start) = year(p.period_start) and q.period_start <= p.period_start
    where p.period_kind = 'month' and q.period_kind = 'month'
),

-- Stocks and quantiles can't be added over months; sums are of decimals, because those of doubles depend on the order.
added as (
    select
        k.metric,
        f.property,
        f.zone,
        m.period,
        any_value(k.aggregate) as aggregate,
        sum(f.x::decimal(28, 8))::double as x,
        sum(f.n::decimal(28, 8))::double as n,
        sum(f.not_measurable) as not_measurable
    from kpis as k
    join mart.figures as f on f.metric = k.metric and f.category = '*'
    join months_so_far as m on m.month = f.period
    where k.aggregate = 'per_100' or (k.cohort is not null and k.aggregate in ('count', 'sum', 'share', 'mean'))
    group by k.metric, f.property, f.zone, m.period
),

to_date as (
    select
        metric,
        property,
        zone,
        period,
        case
            when not_measurable > 0.2 * (n + not_measurable) then null
            when aggregate in ('count', 'sum') then x
            when aggregate = 'per_100' then 100 * x / nullif(n, 0)
            else x / nullif(n, 0)
        end as year_to_date
    from added
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
        t.year_to_date,
        c.target,
        c.light,
        c.unsure,
        k.position
    from cells as l
    cross join kpis as k
    left join rpt.compared as c on c.metric = k.metric and c.property = l.property and c.zone = l.zone and c.category = '*' and c.period = l.period
    left join to_date as t on t.metric = k.metric and t.property = l.property and t.zone = l.zone and t.period = l.period
    order by l.property, l.zone, l.period_kind, l.period_start, k.position
)

select * from final
