-- What:  Timeliness by category, most late ones first, all together last.
-- Grain: one row per property (and company), zone (* for all), period and category (* for all)
-- Key:   property, zone, period, category
with

wide as (
    select
        property,
        zone,
        category,
        period,
        any_value(period_kind) as period_kind,
        any_value(period_start) as period_start,
        any_value(n) filter (where metric = 'on_time')::bigint as due,
        any_value(n - x) filter (where metric = 'on_time')::bigint as late,
        any_value(value) filter (where metric = 'on_time') as on_time,
        any_value(low) filter (where metric = 'on_time') as low,
        any_value(high) filter (where metric = 'on_time') as high,
        any_value(previous) filter (where metric = 'on_time') as previous,
        any_value(light) filter (where metric = 'on_time') as light,
        any_value(unsure) filter (where metric = 'on_time') as unsure,
        any_value(value) filter (where metric = 'repair_on_time') as repair_on_time,
        any_value(value) filter (where metric = 'complaint_on_time') as complaint_on_time,
        any_value(value) filter (where metric = 'response_on_time') as response_on_time,
        any_value(value) filter (where metric = 'emergency_arrival') as emergency_arrival
    from rpt.compared
    where metric in ('on_time', 'repair_on_time', 'complaint_on_time', 'response_on_time', 'emergency_arrival')
    group by property, zone, category, period
),

final as (
    select * exclude (period_kind, period_start)
    from wide
    where due > 0
    order by property, zone, period_kind, period_start, category = '*', late desc, category
)

select * from final
