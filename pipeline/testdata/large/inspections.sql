-- Inspections: three to every ten tickets, over all domains.
-- Variables: tickets, properties.
with

drawn as (
    select
        i,
        printf('P%02d', (dice(i, 60) % getvariable('properties') + 1)) as property,
        ['security', 'facility', 'lighting', 'cleaning', 'traffic', 'greening'][dice(i, 61) % 6 + 1] as domain,
        timestamp '2024-07-01' + to_minutes(dice(i, 62) % (730 * 1440)) as planned_at
    from range(getvariable('tickets') * 3 // 10) as r(i)
),

final as (
    select
        i,
        datediff('month', timestamp '2024-07-01', planned_at) as file,
        'I' || i as inspection_id,
        property,
        lower(property) as property_key,
        domain,
        domain as domain_code,
        'Z' || (dice(i, 63) % 6 + 1) as zone,
        lower(zone) as zone_key,
        '點位' || (dice(i, 64) % 12 + 1) as touchpoint,
        touchpoint as touchpoint_key,
        planned_at,
        false as planned_at_day,
        case when dice(i, 65) % 20 < 19 then planned_at + to_minutes(dice(i, 66) % 900) end as inspected_at,
        case when inspected_at is not null then false end as inspected_at_day,
        '巡查員' || (dice(i, 67) % 5 + 1) as inspector,
        case when dice(i, 68) % 10 < 9 then 'pass' else 'fail' end as result,
        result as result_code,
        (80 + dice(i, 69) % 21)::decimal(18, 4) as score,
        100::decimal(18, 4) as max_score,
        case when result = 'fail' then inspected_at + to_minutes(dice(i, 70) % 20000) end as rectified_at,
        case when rectified_at is not null then false end as rectified_at_day,
        md5('i' || i)::uuid as content
    from drawn
)

select * from final
