-- Callbacks: one for most completed complaints and repairs, a day or a few after.
-- Variables: tickets, properties. Reads world.tickets.
with

called as (
    select i, property, property_key, ticket_id, completed_at + to_minutes(600 + dice(i, 40) % 4000) as called_at
    from world.tickets
    where kind in ('complaint', 'repair') and completed_at is not null and dice(i, 41) % 100 < 85
    qualify row_number() over (partition by i order by file) = 1
),

final as (
    select
        i,
        least(23, datediff('month', timestamp '2024-07-01', called_at)) as file,
        'C' || i as callback_id,
        property,
        property_key,
        ticket_id,
        called_at,
        false as called_at_day,
        '客服' || (dice(i, 42) % 8 + 1) as caller,
        '電話' as method,
        '電話' as method_key,
        case when dice(i, 43) % 10 < 8 then 'yes' else 'no' end as reached,
        reached as reached_code,
        case when dice(i, 43) % 10 < 8 then case when dice(i, 44) % 10 < 9 then 'yes' else 'no' end end as resolved,
        resolved as resolved_code,
        case when dice(i, 43) % 10 < 8 and dice(i, 45) % 10 < 7 then (5 - dice(i, 46) % 10 // 3 % 4)::int end as satisfaction_score,
        satisfaction_score::varchar as satisfaction,
        md5('c' || i)::uuid as content
    from called
    where called_at < timestamp '2026-07-01'
)

select * from final
