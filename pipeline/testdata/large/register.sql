-- The front desk's register: one entry for every seventh ticket, half of them with its number, and as many that became none.
-- Variables: tickets, properties. Reads world.tickets.
with

final as (
    select
        i,
        datediff('month', timestamp '2024-07-01', registered_at) as file,
        'R' || i as register_id,
        property,
        property_key,
        ['前台', '監控中心'][dice(i, 80) % 2 + 1] as desk,
        registered_at - to_minutes(dice(i, 81) % 90) as entered_at,
        false as entered_at_day,
        kind,
        kind_code,
        building,
        building_key,
        unit,
        unit_key,
        case when dice(i, 82) % 20 > 0 then room else '9' || room end as room,
        case when dice(i, 82) % 20 > 0 then room else '9' || room end as room_key,
        location,
        location_key,
        case when dice(i, 83) % 2 = 0 then ticket_id end as ticket_id,
        md5('r' || i)::uuid as content
    from world.tickets
    where i % 7 = 0 and kind in ('complaint', 'repair')
    qualify row_number() over (partition by i order by file) = 1
)

select * from final
