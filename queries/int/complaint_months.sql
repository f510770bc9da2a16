-- What:  Complaints of each complete month for each zone and category, and for each category of the property (zone *), months without any included.
-- Grain: one row per cell that ever had a complaint and complete month after the first ticket of its zone (property)
-- Key:   property, zone, category, period
-- Spec:  §8: the month of the first ticket is left out unless that ticket is of the 1st
with

firsts as (
    select property, case when grouping(zone) = 1 then '*' else zone end as zone, min(registered_at)::date as first_on
    from int.tickets
    where is_counted
    group by property, grouping sets ((), (zone))
),

months as (
    select period, period_start from int.periods where period_kind = 'month' and complete
),

complaints as (
    select property, zone, category, place_key, month_of(registered_at::date) as period_start
    from int.tickets
    where is_counted and kind = 'complaint'
),

counted as (
    select
        property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        category,
        period_start,
        count(*)::bigint as x,
        count(distinct place_key) + count(*) - count(place_key) as places
    from complaints
    group by property, category, period_start, grouping sets ((), (zone))
),

cells as (
    select distinct property, zone, category from counted
),

final as (
    select c.property, c.zone, c.category, m.period, m.period_start, coalesce(n.x, 0) as x, coalesce(n.places, 0) as places
    from cells as c
    join firsts as f using (property, zone)
    join months as m on m.period_start >= f.first_on
    left join counted as n using (property, zone, category, period_start)
)

select * from final
