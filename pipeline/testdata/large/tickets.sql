-- Tickets of two years, and of each month's last week the newer versions that the next month's file brings.
-- Variables: tickets, properties. Nothing is drawn: dice(i, n), which is made beside, is the hash of a number.
with

drawn as (
    select
        i,
        printf('P%02d', (dice(i, 1) % getvariable('properties') + 1)) as property,
        case when dice(i, 2) % 100 < 72 then 'repair' when dice(i, 2) % 100 < 92 then 'complaint' when dice(i, 2) % 100 < 97 then 'enquiry' else 'praise' end as kind,
        timestamp '2024-07-01' + to_minutes(dice(i, 3) % (730 * 1440)) as registered_at,
        dice(i, 4) % 10 < 6 as is_household,
        (dice(i, 5) % 24 + 1) || '棟' as building,
        (dice(i, 6) % 4 + 1)::varchar as unit,
        (100 * (dice(i, 7) % 15 + 1) + dice(i, 8) % 2 + 1)::varchar as room,
        '公區' || (dice(i, 7) % 12 + 1) as location,
        ['plumbing', 'electrical', 'doors', 'plumbing', 'electrical', 'lift', 'fire', 'facilities', 'cleaning', 'greening', 'parking', 'security', 'noise', 'service', 'other'][dice(i, 9) % 15 + 1] as category,
        '子項' || (dice(i, 10) % 5 + 1) as subcategory,
        case when dice(i, 11) % 100 < 5 then 'emergency' when dice(i, 11) % 100 < 15 then 'urgent' when dice(i, 11) % 100 < 95 then 'normal' else 'planned' end as priority,
        (10 + dice(i, 12) % 300)::bigint as minutes_to_accept,
        (60 + dice(i, 13) % 1440 * (1 + dice(i, 14) % 6))::bigint as minutes_to_complete,
        dice(i, 15) % 100 < 96 as is_completed,
        dice(i, 16) % 100 as fate
    from range(getvariable('tickets')) as r(i)
),

timed as (
    select
        *,
        registered_at + to_minutes(minutes_to_accept) as accepted_at,
        registered_at + to_minutes(minutes_to_accept + 30) as arrived_at,
        registered_at + to_minutes(minutes_to_accept + 30 + minutes_to_complete) as completed_at,
        datediff('month', timestamp '2024-07-01', registered_at) as month
    from drawn
),

-- 0: as the month's own file shows it; 1: as the next month's does, where it was registered in the last week.
seen as (
    select *, 0 as version, month as file, last_day(registered_at) + 1 as known_until from timed
    union all
    select *, 1, month + 1, last_day(last_day(registered_at) + 1) + 1 from timed where last_day(registered_at) - registered_at::date < 7 and month < 23
),

final as (
    select
        i,
        file,
        'T' || i as ticket_id,
        property,
        lower(property) as property_key,
        kind,
        kind as kind_code,
        ['電話', '微信', 'App', '前台'][dice(i, 20) % 4 + 1] as channel,
        building,
        building as building_key,
        case when is_household then unit end as unit,
        case when is_household then unit end as unit_key,
        case when is_household then room end as room,
        case when is_household then room end as room_key,
        case when not is_household then location end as location,
        case when not is_household then location end as location_key,
        case when is_household then 'household' else 'common' end as scope,
        scope as scope_code,
        category,
        category as category_key,
        subcategory,
        subcategory as subcategory_key,
        priority,
        priority as priority_code,
        '第' || (i % 997) || '號報事，' || location || '，' || subcategory as description,
        description as description_key,
        registered_at,
        false as registered_at_day,
        case when accepted_at < known_until then accepted_at end as accepted_at,
        case when accepted_at < known_until then false end as accepted_at_day,
        case when arrived_at < known_until then arrived_at end as arrived_at,
        case when arrived_at < known_until then false end as arrived_at_day,
        case when is_completed and completed_at < known_until then completed_at end as completed_at,
        case when is_completed and completed_at < known_until then false end as completed_at_day,
        case when is_completed and completed_at + interval 1 day < known_until then completed_at + interval 1 day end as closed_at,
        case when is_completed and completed_at + interval 1 day < known_until then false end as closed_at_day,
        case when fate < 2 then 'void' when is_completed and completed_at < known_until then 'completed' else 'in progress' end as status,
        status as status_code,
        '責任人' || (dice(i, 21) % 6 + 1) as responsible_person,
        '技工' || (dice(i, 22) % 10 + 1) as technician,
        (1 + dice(i, 23) % 2)::int as dispatch_count,
        case when is_completed and completed_at < known_until then case when fate < 90 then 'fixed' when fate < 94 then 'no access' else 'temporary' end end as outcome,
        outcome as outcome_code,
        case when kind = 'complaint' and fate < 85 then ['ATT', 'FEE', 'REPAIR'][dice(i, 24) % 3 + 1] end as root_cause,
        lower(root_cause) as root_cause_key,
        case when fate % 10 < 9 then 'normal' else 'abnormal' end as close_type,
        close_type as close_type_code,
        (dice(i, 25) % 20 // 19)::int as urged_count,
        (dice(i, 26) % 50 // 49)::int as reopened_count,
        case when dice(i, 27) % 5 = 0 then (20 + dice(i, 28) % 200)::decimal(14, 2) end as fee_quoted,
        case when dice(i, 27) % 5 = 0 then (20 + dice(i, 28) % 200 + dice(i, 29) % 7 // 6 * 10)::decimal(14, 2) end as fee_charged,
        md5(i || '/' || version)::uuid as content
    from seen
)

select * from final
