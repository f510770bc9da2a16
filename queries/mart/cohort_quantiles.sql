-- What:  Median and 90th percentile of the values of a cohort that has such a metric.
-- Grain: one row per cohort, cell and period with a value
-- Key:   cohort, cell, period_no
-- Spec:  §0 precision; §1. A quantile of a longer period isn't computed from those of its months but from all of their values
with

members as not materialized (
    select m.cohort, m.property, m.zone, m.category, m.counted_on, m.value
    from query_table(getvariable('cohorts'), true) as m
    semi join (select cohort from mart.metrics where aggregate in ('median', 'p90')) as f using (cohort)
    where m.value is not null
),

dated as not materialized (
    select *, 'month' as period_kind, month_of(counted_on) as period_start
    from members
    union all
    select * replace ('*' as category), 'week', week_of(counted_on)
    from members
    where counted_on >= getvariable('as_of') - getvariable('detail_days') - 7
),

listed as (
    select cohort, property, zone, category, period_kind, period_start, list(value) as measured
    from dated
    group by all
),

together as (
    select l.cohort, above.cell, longer.period_no, flatten(list(l.measured)) as measured
    from listed as l
    join mart.cells as c using (property, zone, category)
    join mart.period_numbers as p using (period_kind, period_start)
    join mart.cell_parts as above on above.part = c.cell
    join mart.period_parts as longer on longer.part = p.period_no
    group by l.cohort, above.cell, longer.period_no
),

found as (
    select cohort, cell, period_no, list_aggregate(measured, 'quantile_cont', [0.5, 0.9]) as quantiles
    from together
),

final as (
    select cohort, cell, period_no, quantiles[1] as median, quantiles[2] as p90
    from found
    order by cohort, cell, period_no
)

select * from final
