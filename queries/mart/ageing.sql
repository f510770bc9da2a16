-- What:  Open complaints and repairs by days since their registration.
-- Grain: one row per property, kind and bucket with a ticket
-- Key:   property, kind, bucket
-- Spec:  §9 ageing
with

bucketed as (
    select
        property,
        kind,
        case when age_days <= 1 then '0-1' when age_days <= 3 then '2-3' when age_days <= 7 then '4-7' when age_days <= 30 then '8-30' else '>30' end as bucket,
        age_days
    from mart.open_tickets
),

final as (
    select property, kind, bucket, count(*)::bigint as tickets
    from bucketed
    group by property, kind, bucket
    order by property, kind, min(age_days)
)

select * from final
