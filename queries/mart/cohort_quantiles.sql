-- What:  Median and 90th percentile of the values of a cohort that has such a metric.
-- Grain: one row per cohort, cell and period with a value
-- Key:   cohort, cell, period_no
-- Spec:  §0 precision; §1. A quantile of a longer period isn't computed from those of its months but from all of their values
with recursive

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

in_cells as materialized (
    select l.cohort, c.cell, p.period_no, l.measured
    from listed as l
    join mart.cells as c using (property, zone, category)
    join mart.period_numbers as p using (period_kind, period_start)
),

longer as materialized (
    select q.part, q.period_no, p.period_kind
    from mart.period_parts as q
    join mart.period_numbers as p using (period_no)
    semi join in_cells as c on c.period_no = q.part
),

-- Each of these has a value: each zone's cell is summed into all levels, each month and week here is that of a value.
rounds as materialized (
    select row_number() over (order by level, period_kind) as round, level, period_kind
    from (select distinct level from mart.cell_parts)
    cross join (select distinct period_kind from longer)
),

-- A statement holds all lists that it makes until it ends, but those of one round of a recursion no longer than the round.
found as (
    select 0 as round, any_value(cohort) as cohort, 0 as cell, 0 as period_no, null::double[] as quantiles
    from in_cells
    union all
    select
        any_value(r.round),
        c.cohort,
        above.cell,
        longer.period_no,
        list_aggregate(flatten(list(c.measured)), 'quantile_cont', [0.5, 0.9])
    from in_cells as c
    join mart.cell_parts as above on above.part = c.cell
    join longer on longer.part = c.period_no
    join rounds as r using (level, period_kind)
    where r.round = (select max(round) + 1 from found)
    group by c.cohort, above.cell, longer.period_no
),

final as (
    select cohort, cell, period_no, quantiles[1] as median, quantiles[2] as p90
    from found
    where round > 0
    order by cohort, cell, period_no
)

select * from final
