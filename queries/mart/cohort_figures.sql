-- What:  Every metric of every cohort, summed over dimensions and periods: what each figure is computed from.
-- Grain: one row per metric, cell and period with a member
-- Key:   metric, property, zone, category, period
-- Spec:  §0 dimensions, periods, precision; §1. Months first, everything longer is summed from them; a quantile is found in the values of its months.
--        Between the first step and the last, metrics, cells and periods are numbers in the order of their names: text is slow to group by
with

members as not materialized (
    select cohort, property, zone, category, counted_on, hit, hits, value, weight, coalesce(provisional, false) as provisional
    from query_table(getvariable('cohorts'), true)
),

-- Weeks and days have no split by category.
recent as not materialized (
    select * replace ('*' as category)
    from members
    where counted_on >= getvariable('as_of') - getvariable('detail_days') - 7
),

-- A member is in its month; a recent one also in its week and, where members are only counted, in its day.
dated as not materialized (
    select *, 'month' as part, date_trunc('month', counted_on)::date as starts_on
    from members
    union all
    select *, 'week', date_trunc('week', counted_on)::date
    from recent
    union all
    select *, 'day', counted_on
    from recent
    semi join (select cohort from ref.metrics where aggregate = 'count') as f using (cohort)
),

-- Sums are of decimals: a sum of doubles depends on the order in which threads add.
weighed as (
    select
        f.position as metric_no,
        m.property,
        m.zone,
        m.category,
        m.part,
        m.starts_on,
        m.provisional,
        case f.aggregate when 'count' then 1 when 'share' then coalesce(m.hits, m.hit::int) else m.value end::decimal(28, 8) as x,
        case when f.aggregate in ('share', 'ratio') then coalesce(m.weight, 1) else 1 end::decimal(28, 8) as weight,
        case f.aggregate when 'mean' then m.value when 'ratio' then m.value / m.weight end::decimal(18, 9) as single
    from dated as m
    join ref.metrics as f using (cohort)
),

-- What isn't measurable (x empty) is neither in the numerator nor in the denominator.
additive as materialized (
    select
        metric_no,
        property,
        zone,
        category,
        part,
        starts_on,
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

-- A median and a 90th percentile of the same members are found together.
valued as materialized (
    select cohort, property, zone, category, part, starts_on, list(value) as of_part
    from dated
    semi join (select cohort from ref.metrics where aggregate in ('median', 'p90')) as f using (cohort)
    where value is not null and part <> 'day'
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
        case when l.by_category then c.category else '*' end as category
    from (select distinct property, zone, category from additive) as c
    join levels as l on c.category <> '*' or not l.by_category
),

cells as materialized (
    select row_number() over (order by property, zone, category) as cell, property, zone, category
    from (select distinct property, zone, category from sums_into)
),

above as materialized (
    select s.own_property as property, s.own_zone as zone, s.own_category as category, c.cell
    from sums_into as s
    join cells as c on c.property = s.property and c.zone = s.zone and c.category = s.category
),

periods as materialized (
    select row_number() over (order by period) as period_no, period, period_kind, period_start, period_end
    from int.periods
),

-- The periods that a month, a week or a day is summed into.
parts as materialized (
    select m.period_kind as part, m.period_start as starts_on, p.period_no
    from periods as m
    join periods as p on m.period_start >= p.period_start and m.period_start < p.period_end
    where m.period_kind = p.period_kind or (m.period_kind = 'month' and p.period_kind in ('quarter', 'half', 'year'))
),

in_cells as (
    select
        metric_no, u.cell, part, starts_on,
        sum(members)::bigint as members, sum(not_measurable)::bigint as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from additive
    join above as u using (property, zone, category)
    group by metric_no, u.cell, part, starts_on
),

summed as (
    select
        metric_no, cell, p.period_no,
        sum(members)::bigint as members, sum(not_measurable)::bigint as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from in_cells
    join parts as p using (part, starts_on)
    group by metric_no, cell, p.period_no
),

values_of as (
    select cohort, u.cell, p.period_no, flatten(list(of_part)) as of_period
    from valued
    join above as u using (property, zone, category)
    join parts as p using (part, starts_on)
    group by cohort, u.cell, p.period_no
),

quantiles as (
    select cohort, cell, period_no, list_aggregate(of_period, 'quantile_cont', [0.5, 0.9]) as quantiles
    from values_of
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
