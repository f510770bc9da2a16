-- What:  Figures of the year up to and with a month: numerators and denominators added, quantiles and scores from their members.
-- Grain: one row per metric, property (and company), zone (* for all) and month
-- Key:   metric, property, zone, period
-- Spec:  §0 year to date; stocks have none
with recursive

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
    select k.cohort, c.property, c.zone, month_of(c.counted_on) as month_start, c.value, coalesce(c.weight, 1) as weight
    from query_table(getvariable('cohorts'), true) as c
    join (select distinct cohort from mart.metrics where aggregate in ('median', 'p90', 'ratio')) as k using (cohort)
),

-- The values of a month are listed once; the year so far takes the lists of its months.
in_months as materialized (
    select
        cohort,
        property,
        zone,
        month_start,
        count(*) as members,
        coalesce(list(value) filter (value is not null), []) as measured,
        sum(value::decimal(28, 8)) as value,
        sum(weight::decimal(28, 8)) filter (value is not null) as weight
    from members
    group by all
),

levels as (
    select unnest([false, true, true]) as by_property, unnest([false, false, true]) as by_zone
),

rounds as materialized (
    select row_number() over (order by year_start, by_property, by_zone) as round, year_start, by_property, by_zone
    from (select distinct m.year_start from months as m semi join in_months as c on c.month_start >= m.year_start and c.month_start < m.period_end)
    cross join levels
),

-- A statement holds all lists that it makes until it ends, but those of one round of a recursion no longer than the round.
so_far as (
    select
        0 as round, any_value(cohort) as cohort, null::varchar as property, null::varchar as zone, null::varchar as period,
        0::hugeint as members, 0::hugeint as measured, null::double[] as quantiles, any_value(value) as value, any_value(weight) as weight
    from in_months
    union all
    select
        any_value(r.round),
        c.cohort,
        case when r.by_property then c.property else '*' end as in_property,
        case when r.by_zone then c.zone else '*' end as in_zone,
        m.period,
        sum(c.members),
        sum(len(c.measured)),
        list_aggregate(flatten(list(c.measured)), 'quantile_cont', [0.5, 0.9]),
        sum(c.value),
        sum(c.weight)
    from in_months as c
    join months as m on c.month_start >= m.year_start and c.month_start < m.period_end
    join rounds as r using (year_start)
    where r.round = (select max(round) + 1 from so_far)
    group by c.cohort, in_property, in_zone, m.period
),

from_members as (
    select
        k.metric,
        s.property,
        s.zone,
        s.period,
        k.aggregate,
        s.measured::double as n,
        s.members - s.measured as not_measurable,
        case k.aggregate
            when 'median' then s.quantiles[1]
            when 'p90' then s.quantiles[2]
            else s.value::double / s.weight::double
        end as value
    from so_far as s
    join mart.metrics as k using (cohort)
    where s.round > 0 and k.aggregate in ('median', 'p90', 'ratio')
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
