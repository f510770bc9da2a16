-- What:  Open complaints and repairs by days since their registration.
-- Grain: one row per property with an open ticket, and age
-- Key:   property, bucket
-- Spec:  §9 ageing
with

buckets as (
    select unnest(['0-1', '2-3', '4-7', '8-30', '>30']) as bucket, unnest(range(5)) as position
),

counted as (
    select
        property,
        bucket,
        sum(tickets) filter (where kind = 'complaint') as complaints,
        sum(tickets) filter (where kind = 'repair') as repairs,
        sum(tickets) as tickets
    from mart.ageing
    group by property, bucket
),

final as (
    select
        l.property,
        b.bucket,
        coalesce(c.complaints, 0)::bigint as complaints,
        coalesce(c.repairs, 0)::bigint as repairs,
        coalesce(c.tickets, 0)::bigint as tickets
    from (select distinct property from mart.ageing) as l
    cross join buckets as b
    left join counted as c using (property, bucket)
    order by l.property, b.position
)

select * from final
