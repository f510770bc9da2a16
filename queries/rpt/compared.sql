-- What:  Figures of months and longer beside their comparisons, and whether a change is clear.
-- Grain: one row per metric, cell and period; cells that cross zone and category only where a zone's own sheets show them
-- Key:   metric, property, zone, category, period
-- Spec:  §0 compare, improvement and decline; without an interval no change is clear
with

beside as (
    select
        f.metric,
        f.property,
        f.zone,
        f.category,
        f.period,
        f.period_kind,
        f.period_start,
        m.unit,
        m.direction,
        f.x,
        f.n,
        f.value,
        f.low,
        f.high,
        c.previous,
        c.year_before,
        c.target,
        c.floor,
        c.light,
        c.unsure,
        points(f.value, c.target, c.floor) as points,
        points(c.previous, c.target, c.floor) as previous_points,
        points(c.year_before, c.target, c.floor) as year_before_points
    from mart.figures as f
    join mart.comparisons as c using (metric, property, zone, category, period)
    join mart.metrics as m using (metric)
    where f.period_kind not in ('day', 'week')
        and (
            f.zone = '*' or f.category = '*' or f.metric in (
                'on_time', 'repair_on_time', 'complaint_on_time', 'response_on_time', 'emergency_arrival',
                'rework', 'common_rework', 'household_rework', 'first_time_fix',
                'inspection_score', 'inspection_pass', 'inspection_done', 'inspection_plan_kept', 'findings', 'rectified', 'hours_to_rectify_median'
            )
        )
),

final as (
    select
        *,
        case
            when (previous between low and high) is not false then null
            when points - previous_points >= 5 then 'better'
            when previous_points - points >= 5 then 'worse'
        end as change_case,
        case
            when (year_before between low and high) is not false then null
            when points - year_before_points >= 5 then 'better'
            when year_before_points - points >= 5 then 'worse'
        end as year_change_case
    from beside
    order by metric, property, zone, category, period_kind, period_start
)

select * from final
