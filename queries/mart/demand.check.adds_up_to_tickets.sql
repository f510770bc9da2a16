-- What: Zones whose hours of the week, with the tickets left out, don't add up to the tickets registered.
-- Stop: yes
with

hours as (
    select property, zone, period, sum(tickets) + any_value(day_precision) as tickets
    from mart.demand
    group by property, zone, period
),

final as (
    select h.property, h.zone, h.period, h.tickets as by_hour, f.x as counted
    from hours as h
    left join mart.figures as f on f.metric = 'tickets' and f.property = h.property and f.zone = h.zone and f.category = '*' and f.period = h.period
    where h.tickets is distinct from f.x
)

select * from final
