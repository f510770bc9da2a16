-- What:  Every metric of every cohort, summed over dimensions and periods: what each figure is computed from.
-- Grain: one row per metric, cell and period with a member; numbers stand for their names
-- Key:   metric_no, cell, period_no
-- Spec:  §0 dimensions, periods; §1. Zones are summed to property and company first, then months to longer periods
with

in_cells as (
    select
        s.metric_no, above.cell, s.period_no,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from mart.cohort_sums as s
    join mart.cell_parts as above on above.part = s.cell
    group by s.metric_no, above.cell, s.period_no
),

in_periods as (
    select
        c.metric_no, c.cell, longer.period_no,
        sum(members) as members, sum(not_measurable) as not_measurable, sum(x) as x, sum(weight) as weight,
        sum(single_sum) as single_sum, sum(single_squares) as single_squares, bool_or(provisional) as provisional
    from in_cells as c
    join mart.period_parts as longer on longer.part = c.period_no
    group by c.metric_no, c.cell, longer.period_no
),

final as (
    select * replace (members::bigint as members, not_measurable::bigint as not_measurable)
    from in_periods
    order by metric_no, cell, period_no
)

select * from final
