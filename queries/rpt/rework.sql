-- What:  Rework by category, most reworked first, all together last.
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
        any_value(n) filter (where metric = 'rework')::bigint as jobs,
        any_value(x) filter (where metric = 'rework')::bigint as reworked,
        any_value(value) filter (where metric = 'rework') as rework,
        any_value(low) filter (where metric = 'rework') as low,
        any_value(high) filter (where metric = 'rework') as high,
        any_value(previous) filter (where metric = 'rework') as previous,
        any_value(light) filter (where metric = 'rework') as light,
        any_value(unsure) filter (where metric = 'rework') as unsure,
        any_value(value) filter (where metric = 'common_rework') as common_rework,
        any_value(value) filter (where metric = 'household_rework') as household_rework,
        any_value(value) filter (where metric = 'first_time_fix') as first_time_fix
    from rpt.compared
    where metric in ('rework', 'common_rework', 'household_rework', 'first_time_fix')
    group by property, zone, category, period
),

final as (
    select * exclude (period_kind, period_start)
    from wide
    where jobs > 0
    order by property, zone, period_kind, period_start, category = '*', reworked desc, category
)

select * from final
