-- What:  Every metric of every cohort, summed over dimensions and periods: what each figure is computed from.
-- Grain: one row per metric, cell and period with a member
-- Key:   metric, property, zone, category, period
-- Spec:  §0 dimensions, periods, precision; §1. Months first, everything longer is summed from them; quantiles go back to the members.
--        Between the first step and the last, metrics, cells and periods are numbers in the order of their names: text is slow to group by
with

members as (
    select cohort, property, zone, category, counted_on, hit, hits, value, weight, coalesce(provisional, false) as provisional
    from query_table(getvariable('cohorts'), true)
),

-- Sums are of decimals: a sum of doubles depends on the order in which threads add.
weighed as (
    select
        f.position as metric_no,
        m.property,
        m.zone,
        m.category,
        m.counted_on,
        m.provisional,
        case f.aggregate when 'count' then 1 when 'share' then coalesce(m.hits, m.hit::int) else m.value end::decimal(28, 8) as x,
        case when f.aggregate in ('share', 'ratio') then coalesce(m.weight, 1) else 1 end::decimal(28, 8) as weight,
        case f.aggregate when 'mean' then m.value when 'ratio' then m.value / m.weight end::decimal(18, 9) as single
    from members as m
    join ref.metrics as f using (cohort)
),

-- What isn't measurable (x empty) is neither in the numerator nor in the denominator.
additive as materialized (
    select
        metric_no,
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

-- Every cell of members, and the cells that it is summed into: * stands for all.
levels as (
    select unnest([false, false, true, true, true, true]) as by_property, unnest([false, false, false, false, true, true]) as by_zone, unnest([false, true, false, true, false, true]) as by_category
),

sums_into as (
    select
        c.property as own_property,
        c.zone as own_zone,
        c.category as own_category,
        case when l.by_property then c.property else '*' end as property,
        case when l.by_zone then c.zone else '*' end as zone,
        case when l.by_category then c.category else '*' end as category,
        l.by_category
    from (select distinct property, zone, category from additive) as c
    cross join levels as l
),

cells as materialized (
    select row_number() over (order by property, zone, category) as cell, property, zone, category
    from (select distinct property, zone, category from sums_into)
),

above as materialized (
    select o.cell as own_cell, c.cell, s.by_category
    from sums_into as s
    join cells as o on o.property = s.own_property and o.zone = s.own_zone and o.category = s.own_category
    join cells as c on c.property = s.property and c.zone = s.zone and c.category = s.category
),

-- Which periods a month or a day belongs to is looked up, not compared: a join on ranges of every row costs more than the sums.
periods as materialized (
    select row_number() over (order by period) as period_no, period, period_kind, period_start, period_end
    from int.periods
),

months as (
    select m.period_start as month_start, p.period_no
    from periods as m
    join periods as p on m.period_start >= p.period_start and m.period_start < p.period_end
    where m.period_kind = 'month' and p.period_kind not in ('day', 'week')
),

days as materialized (
    select d.day::date as day, p.period_no, p.period_kind
    from periods as p, range(p.period_start, p.period_end, interval 1 day) as d(day)
),

numbered as materialized (
    select a.* exclude (property, zone, category), c.cell
    from additive as a
    join cells as c using (property, zone, category)
),

in_months as (
    select
        metric_no, cell, month_start,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from numbered
    group by metric_no, cell, month_start
),

months_above as (
    select
        metric_no, u.cell, month_start,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from in_months as n
    join above as u on u.own_cell = n.cell
    group by metric_no, u.cell, month_start
),

-- Weeks and days have no split by category; days are of counts only.
days_above as (
    select
        metric_no, u.cell, detail_on,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from numbered as n
    join above as u on u.own_cell = n.cell and not u.by_category
    where detail_on is not null
    group by metric_no, u.cell, detail_on
),

spread as (
    select p.period_no, m.* exclude (month_start)
    from months_above as m
    join months as p using (month_start)
    union all
    select p.period_no, d.* exclude (detail_on)
    from days_above as d
    join days as p on p.day = d.detail_on
    join ref.metrics as f on f.position = d.metric_no
    where p.period_kind = 'week' or (p.period_kind = 'day' and f.aggregate = 'count')
),

summed as (
    select
        metric_no,
        cell,
        period_no,
        sum(members)::bigint as members,
        sum(not_measurable)::bigint as not_measurable,
        sum(x) as x,
        sum(weight) as weight,
        sum(single_sum) as single_sum,
        sum(single_squares) as single_squares,
        bool_or(provisional) as provisional
    from spread
    group by metric_no, cell, period_no
),

-- A median and a 90th percentile of the same members are found together.
valued as (
    select m.cohort, c.cell, m.counted_on, m.value
    from members as m
    semi join (select cohort from ref.metrics where aggregate in ('median', 'p90')) as f using (cohort)
    join cells as c using (property, zone, category)
    where m.value is not null
),

quantiles as (
    select v.cohort, u.cell, p.period_no, quantile_cont(v.value, [0.5, 0.9]) as quantiles
    from valued as v
    join days as p on p.day = v.counted_on
    join above as u on u.own_cell = v.cell
    where p.period_kind <> 'day' and (p.period_kind <> 'week' or not u.by_category)
    group by v.cohort, u.cell, p.period_no
),

final as (
    select
        f.metric,
        f.aggregate,
        c.property,
        c.zone,
        c.category,
        p.period,
        p.period_kind,
        s.* exclude (metric_no, cell, period_no),
        case f.aggregate when 'median' then q.quantiles[1] when 'p90' then q.quantiles[2] end as quantile
    from summed as s
    join ref.metrics as f on f.position = s.metric_no
    join cells as c using (cell)
    join periods as p using (period_no)
    left join quantiles as q on q.cohort = f.cohort and q.cell = s.cell and q.period_no = s.period_no
    order by s.metric_no, s.cell, s.period_no
)

select * from final
