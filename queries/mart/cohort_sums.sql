-- What:  Every metric of every cohort, summed for each zone's cell in each month, and without a split by category in each recent week and day.
-- Grain: one row per metric, cell of a zone and month, week or day with a member
-- Key:   metric_no, cell, period_no
-- Spec:  §0 precision; §1. Days are of what is only counted
with

members as not materialized (
    select cohort, property, zone, category, counted_on, hit, hits, value, weight, coalesce(provisional, false) as provisional
    from query_table(getvariable('cohorts'), true)
),

-- Until all is summed, no category stands for all of them.
recent as not materialized (
    select * replace (null as category)
    from members
    where counted_on >= getvariable('as_of') - getvariable('detail_days') - 7
),

dated as not materialized (
    select *, 'month' as period_kind, month_of(counted_on) as period_start
    from members
    union all
    select *, 'week', week_of(counted_on)
    from recent
    union all
    select *, 'day', counted_on
    from recent
    semi join (select cohort from mart.metrics where aggregate = 'count') as f using (cohort)
),

-- What is counted is summed once for all metrics of a cohort, in whole numbers as far as can be.
counted as (
    select
        cohort,
        property,
        zone,
        category,
        period_kind,
        period_start,
        count(*) as members,
        count(*) filter (hit is not null or hits is not null) as measurable,
        count(*) filter (hit and hits is null) + coalesce(sum(hits::decimal(28, 8)), 0) as hits,
        count(*) filter ((hit is not null or hits is not null) and weight is null)
            + coalesce(sum(weight::decimal(28, 8)) filter (hit is not null or hits is not null), 0) as weight,
        bool_or(provisional) as provisional
    from dated
    semi join (select cohort from mart.metrics where aggregate in ('count', 'share')) as f using (cohort)
    group by all
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
        m.value::decimal(28, 8) as x,
        case when f.aggregate = 'ratio' then coalesce(m.weight, 1) else 1 end::decimal(28, 8) as weight,
        case f.aggregate when 'mean' then m.value when 'ratio' then m.value / m.weight end::decimal(18, 9) as single
    from dated as m
    join mart.metrics as f using (cohort)
    where f.aggregate not in ('count', 'share')
),

-- What isn't measurable is neither in the numerator (x) nor in the denominator.
summed as (
    select
        f.position as metric_no,
        c.property,
        c.zone,
        c.category,
        c.period_kind,
        c.period_start,
        case f.aggregate when 'count' then c.members else c.measurable end as members,
        case f.aggregate when 'count' then 0 else c.members - c.measurable end as not_measurable,
        case when f.aggregate = 'count' then c.members when c.measurable > 0 then c.hits end as x,
        case when f.aggregate = 'count' then c.members when c.measurable > 0 then c.weight end as weight,
        null as single_sum,
        null as single_squares,
        c.provisional
    from counted as c
    join mart.metrics as f using (cohort)
    where f.aggregate in ('count', 'share')
    union all
    select
        metric_no,
        property,
        zone,
        category,
        period_kind,
        period_start,
        count(x),
        count(*) - count(x),
        sum(x),
        sum(weight) filter (x is not null),
        sum(single),
        sum(single * single),
        bool_or(provisional)
    from weighed
    group by metric_no, property, zone, category, period_kind, period_start
),

final as (
    select s.metric_no, c.cell, p.period_no, s.members, s.not_measurable, s.x, s.weight, s.single_sum, s.single_squares, s.provisional
    from summed as s
    join mart.cells as c on c.property = s.property and c.zone = s.zone and nullif(c.category, '*') is not distinct from s.category
    join mart.period_numbers as p using (period_kind, period_start)
    order by s.metric_no, c.cell, p.period_no
)

select * from final
