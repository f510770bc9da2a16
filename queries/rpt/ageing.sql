-- What:  Open complaints and repairs by days since their registration.
-- Grain: one row per property (and company) and zone (* for all) with an open ticket, and age
-- Key:   property, zone, bucket
-- Spec:  §9 ageing
with

buckets as (
    select unnest(['0-1', '2-3', '4-7', '8-30', '>30']) as bucket, unnest([0, 2, 4, 8, 31]) as from_days, unnest([1, 3, 7, 30, 1000000]) as to_days
),

counted as (
    select
        case when grouping(t.property) = 1 then '*' else t.property end as property,
        case when grouping(t.zone) = 1 then '*' else t.zone end as zone,
        b.bucket,
        count(*) filter (where t.kind = 'complaint')::bigint as complaints,
        count(*) filter (where t.kind = 'repair')::bigint as repairs,
        count(*)::bigint as tickets,
        count(*) filter (where t.overdue_hours is not null)::bigint as overdue
    from mart.open_tickets as t
    join buckets as b on t.age_days between b.from_days and b.to_days
    group by b.bucket, grouping sets ((), (t.property), (t.property, t.zone))
),

final as (
    select
        l.property,
        l.zone,
        b.bucket,
        coalesce(c.complaints, 0) as complaints,
        coalesce(c.repairs, 0) as repairs,
        coalesce(c.tickets, 0) as tickets,
        coalesce(c.overdue, 0) as overdue
    from (select distinct property, zone from counted) as l
    cross join buckets as b
    left join counted as c using (property, zone, bucket)
    order by l.property, l.zone, b.from_days
)

select * from final
