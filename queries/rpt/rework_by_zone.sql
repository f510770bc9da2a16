-- What:  Rework by zone, the worst first.
-- Grain: one row per property, zone and period
-- Key:   property, zone, period
with

wide as (
    select
        property,
        zone,
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
    where metric in ('rework', 'common_rework', 'household_rework', 'first_time_fix') and property <> '*' and zone <> '*' and category = '*'
    group by property, zone, period
),

final as (
    select * exclude (period_kind, period_start)
    from wide
    where jobs > 0
    order by property, period_kind, period_start, rework desc nulls last, zone
)

select * from final
