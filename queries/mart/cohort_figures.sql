-- What:  Every metric of every cohort, summed over dimensions and periods: what each figure is computed from.
-- Grain: one row per metric, cell and period with a member
-- Key:   metric, property, zone, category, period
-- Spec:  §0 dimensions, periods, precision; §1. Months first, everything longer is summed from them; quantiles go back to the members
with

members as (
    select cohort, property, zone, category, counted_on, hit, hits, value, weight, coalesce(provisional, false) as provisional
    from query_table(getvariable('cohorts'), true)
),

-- Sums are of decimals: a sum of doubles depends on the order in which threads add.
weighed as (
    select
        f.metric,
        f.aggregate,
        m.property,
        m.zone,
        m.category,
        m.counted_on,
        m.value,
        m.provisional,
        case f.aggregate when 'count' then 1 when 'share' then coalesce(m.hits, m.hit::int) else m.value end::decimal(28, 8) as x,
        case when f.aggregate in ('share', 'ratio') then coalesce(m.weight, 1) else 1 end::decimal(28, 8) as weight,
        case f.aggregate when 'mean' then m.value when 'ratio' then m.value / m.weight end::decimal(18, 9) as single
    from members as m
    join ref.metrics as f using (cohort)
),

-- What isn't measurable (x empty) is neither in the numerator nor in the denominator.
additive as (
    select
        metric,
        aggregate,
        property,
        zone,
        category,
        date_trunc('month', counted_on)::date as month_start,
        case when counted_on >= getvariable('as_of') - getvariable('detail_days') - 7 then counted_on end as detail_on,
        count(x)::bigint as members,
        count(*)::bigint - count(x)::bigint as not_measurable,
        sum(x) as x,
        sum(weight) filter (where x is not null) as weight,
        sum(single) as single_sum,
        sum(single * single) as single_squares,
        bool_or(provisional) as provisional
    from weighed
    group by all
),

in_months as (
    select
        metric, aggregate, property, zone, category, month_start,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from additive
    group by metric, aggregate, property, zone, category, month_start
),

-- Which periods a month or a day belongs to is looked up, not compared: a join on ranges of every row costs more than the sums.
months as (
    select m.period_start as month_start, p.period, p.period_kind
    from int.periods as m
    join int.periods as p on m.period_start >= p.period_start and m.period_start < p.period_end
    where m.period_kind = 'month' and p.period_kind not in ('day', 'week')
),

details as (
    select d.day::date as detail_on, p.period, p.period_kind
    from int.periods as p, range(p.period_start, p.period_end, interval 1 day) as d(day)
    where p.period_kind in ('day', 'week')
),

spread as (
    select p.period, p.period_kind, m.* exclude (month_start)
    from in_months as m
    join months as p using (month_start)
    union all
    select p.period, p.period_kind, a.* exclude (month_start, detail_on)
    from additive as a
    join details as p using (detail_on)
    where p.period_kind = 'week' or a.aggregate = 'count'
),

summed as (
    select
        metric,
        aggregate,
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        case when grouping(category) = 1 then '*' else category end as category,
        period,
        period_kind,
        sum(members)::bigint as members,
        sum(not_measurable)::bigint as not_measurable,
        sum(x) as x,
        sum(weight) as weight,
        sum(single_sum) as single_sum,
        sum(single_squares) as single_squares,
        bool_or(provisional) as provisional
    from spread
    group by metric, aggregate, period, period_kind, grouping sets ((), (category), (property), (property, category), (property, zone), (property, zone, category))
    having period_kind not in ('day', 'week') or grouping(category) = 1
),

timed as (
    select w.metric, w.aggregate, w.property, w.zone, w.category, w.value, p.period, p.period_kind
    from weighed as w
    join int.periods as p on w.counted_on >= p.period_start and w.counted_on < p.period_end
    where w.aggregate in ('median', 'p90') and p.period_kind <> 'day'
),

quantiles as (
    select
        metric,
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        case when grouping(category) = 1 then '*' else category end as category,
        period,
        case any_value(aggregate) when 'median' then quantile_cont(value, 0.5) else quantile_cont(value, 0.9) end as quantile
    from timed
    group by metric, period, period_kind, grouping sets ((), (category), (property), (property, category), (property, zone), (property, zone, category))
    having period_kind <> 'week' or grouping(category) = 1
),

final as (
    select s.*, q.quantile
    from summed as s
    left join quantiles as q using (metric, property, zone, category, period)
    order by metric, property, zone, category, period
)

select * from final
