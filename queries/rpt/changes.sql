-- What:  Figures that clearly improved or declined against the period before, the largest change first.
-- Grain: one row per property (and company), zone (* for all), period, direction and metric
-- Key:   property, zone, period, change_case, metric
-- Spec:  §0 improvement and decline
with

final as (
    select
        property,
        zone,
        period,
        change_case,
        metric,
        unit,
        previous,
        value,
        value - previous as change,
        points - previous_points as gained,
        year_before,
        target,
        light,
        unsure
    from rpt.compared
    where category = '*' and change_case is not null
    order by property, zone, period_kind, period_start, change_case, abs(points - previous_points) desc, metric
)

select * from final
