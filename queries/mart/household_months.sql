-- What:  Households times months of each period, of properties and zones that have households; they are the same for all categories.
-- Grain: one row per property, zone (* for the property; property * for the company) and period from the first ticket on
-- Key:   property, zone, period
-- Figures: complaints_per_100_households = per_100, lower is better
-- Spec:  §1 complaints_per_100_households
with

months as (
    select
        period,
        period_kind,
        period_start,
        period_end,
        case
            when not complete then (getvariable('as_of') - period_start) / 30.4375
            when period_kind = 'week' then 7 / 30.4375
            when period_kind = 'month' then 1
            when period_kind = 'quarter' then 3
            when period_kind = 'half' then 6
            else 12
        end as months
    from mart.periods
    where period_kind <> 'day'
),

by_zone as (
    select m.period, any_value(m.months) as months, z.property, z.zone, sum(z.households)::bigint as households
    from months as m
    join int.zone_rows as z on m.period_start >= z.valid_from and m.period_start < z.valid_before
    join int.first_tickets as f on f.property = z.property and m.period_end > f.first_on
    group by m.period, z.property, z.zone
),

by_property as (
    select property, period, sum(households)::bigint as households, any_value(months) as months
    from by_zone
    group by property, period
),

final as (
    select property, zone, '*' as category, period, households, households * months as household_months from by_zone where households > 0
    union all
    select property, '*', '*', period, households, households * months from by_property where households > 0
    union all
    select '*', '*', '*', period, sum(households)::bigint, sum(households) * any_value(months) from by_property where households > 0 group by period
    order by property, zone, period
)

select * from final
