-- What:  Every metric of every cohort, summed for each zone's cell in each month, and without a split by category in each recent week and day.
-- Grain: one row per metric, cell of a zone and month, week or day with a member
-- Key:   metric_no, cell, period_no
-- Spec:  §0 precision; §1. Days are of what is only counted
with

members as not materialized (
    select cohort, property, zone, category, counted_on, hit, hits, value, weight, coalesce(provisional, false) as provisional
    from query_table(getvariable('cohorts'), true)
),

recent as not materialized (
    select * replace ('*' as category)
    from members
    where counted_on >= getvariable('as_of') - getvariable('detail_days') - 7
),

dated as not materialized (
    select *, 'month' as period_kind, date_trunc('month', counted_on)::date as period_start
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
        m.period_kind,
        m.period_start,
        m.provisional,
        case f.aggregate when 'count' then 1 when 'share' then coalesce(m.hits, m.hit::int) else m.value end::decimal(28, 8) as x,
        case when f.aggregate in ('share', 'ratio') then coalesce(m.weight, 1) else 1 end::decimal(28, 8) as weight,
        case f.aggregate when 'mean' then m.value when 'ratio' then m.value / m.weight end::decimal(18, 9) as single
    from dated as m
    join ref.metrics as f using (cohort)
),

-- What isn't measurable (x empty) is neither in the numerator nor in the denominator.
summed as (
    select
        metric_no,
        property,
        zone,
        category,
        period_kind,
        period_start,
        count(x) as members,
        count(*) - count(x) as not_measurable,
        sum(x) as x,
        sum(weight) filter (where x is not null) as weight,
        sum(single) as single_sum,
        sum(single * single) as single_squares,
        bool_or(provisional) as provisional
    from weighed
    group by all
),

final as (
    select s.metric_no, c.cell, p.period_no, s.members, s.not_measurable, s.x, s.weight, s.single_sum, s.single_squares, s.provisional
    from summed as s
    join mart.cells as c using (property, zone, category)
    join mart.period_numbers as p using (period_kind, period_start)
    order by s.metric_no, c.cell, p.period_no
)

select * from final
