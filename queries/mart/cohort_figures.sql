-- What:  Every metric of every cohort, summed over dimensions and periods: what each figure is computed from.
-- Grain: one row per metric, cell and period with a member; numbers stand for their names
-- Key:   metric_no, cell, period_no
-- Spec:  §0 dimensions, periods; §1. Zones are summed to property and company first, then months to longer periods
with

-- A zone's own cells are there already, and so are months, weeks and days: only what is above them is added up.
own as (
    select * replace (members::hugeint as members, not_measurable::hugeint as not_measurable)
    from mart.cohort_sums
),

above as (
    select
        s.metric_no, p.cell, s.period_no,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from mart.cohort_sums as s
    join mart.cell_parts as p on p.part = s.cell and p.cell <> s.cell
    group by s.metric_no, p.cell, s.period_no
),

in_cells as (
    select * from own
    union all by name
    select * from above
),

longer as (
    select
        c.metric_no, c.cell, p.period_no,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from in_cells as c
    join mart.period_parts as p on p.part = c.period_no and p.period_no <> c.period_no
    group by c.metric_no, c.cell, p.period_no
),

in_periods as (
    select * from in_cells
    union all by name
    select * from longer
),

final as (
    select
        metric_no, cell, period_no,
        members::bigint as members, not_measurable::bigint as not_measurable, x::double as x, weight::double as weight,
        single_sum::double as single_sum, single_squares::double as single_squares, provisional
    from in_periods
    order by metric_no, cell, period_no
)

select * from final
