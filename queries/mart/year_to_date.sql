-- What:  Figures of the year up to and with a month: numerators and denominators added, quantiles and scores from their members.
-- Grain: one row per metric, property (and company), zone (* for all) and month
-- Key:   metric, property, zone, period
-- Spec:  §0 year to date; stocks have none
with

months as (
    select period, period_start, date_trunc('year', period_start)::date as year_start, period_end
    from mart.periods
    where period_kind = 'month'
),

months_so_far as (
    select p.period, q.period as month
    from months as p
    join months as q on q.period_start >= p.year_start and q.period_start <= p.period_start
),

-- Sums are of decimals, because those of doubles depend on the order.
added as (
    select
        f.metric,
        f.property,
        f.zone,
        m.period,
        any_value(k.aggregate) as aggregate,
        sum(f.x::decimal(28, 8))::double as x,
        sum(f.n::decimal(28, 8))::double as n,
        sum(f.not_measurable) as not_measurable
    from mart.figures as f
    join mart.metrics as k using (metric)
    join months_so_far as m on m.month = f.period
    where f.category = '*' and (k.aggregate = 'per_100' or (k.cohort is not null and k.aggregate in ('count', 'sum', 'share', 'mean')))
    group by f.metric, f.property, f.zone, m.period
),

members as (
    select k.metric, k.aggregate, c.property, c.zone, c.counted_on, c.value, coalesce(c.weight, 1) as weight
    from query_table(getvariable('cohorts'), true) as c
    join mart.metrics as k using (cohort)
    where k.aggregate in ('median', 'p90', 'ratio')
),

from_members as (
    select
        c.metric,
        case when grouping(c.property) = 1 then '*' else c.property end as property,
        case when grouping(c.zone) = 1 then '*' else c.zone end as zone,
        m.period,
        any_value(c.aggregate) as aggregate,
        count(c.value)::double as n,
        count(*) - count(c.value) as not_measurable,
        case any_value(c.aggregate)
            when 'median' then quantile_cont(c.value, 0.5)
            when 'p90' then quantile_cont(c.value, 0.9)
            else (sum(c.value::decimal(28, 8))::double / sum(c.weight::decimal(28, 8)) filter (where c.value is not null)::double)
        end as value
    from members as c
    join months as m on c.counted_on >= m.year_start and c.counted_on < m.period_end
    group by c.metric, m.period, grouping sets ((), (c.property), (c.property, c.zone))
),

together as (
    select
        metric, property, zone, period, not_measurable, n,
        case
            when aggregate in ('count', 'sum') then x
            when aggregate = 'per_100' then 100 * x / nullif(n, 0)
            else x / nullif(n, 0)
        end as value
    from added
    union all
    select metric, property, zone, period, not_measurable, n, value from from_members
),

final as (
    select
        t.metric,
        t.property,
        t.zone,
        t.period,
        t.n,
        case when t.not_measurable <= 0.2 * (t.n + t.not_measurable) then t.value end as value
    from together as t
    join mart.periods as p using (period)
    order by t.metric, t.property, t.zone, p.period_start
)

select * from final
