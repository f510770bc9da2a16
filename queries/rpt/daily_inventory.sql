-- What:  Yesterday's inventory by owner, those with most overdue tickets first.
-- Grain: one row per property, kind and owner
-- Key:   property, kind, owner
-- Spec:  §9
with

overdue as (
    select property, kind, owner, count(*)::bigint as overdue
    from mart.open_tickets
    where overdue_hours is not null
    group by property, kind, owner
),

final as (
    select
        i.property,
        i.kind,
        i.owner,
        i.opening,
        i.registered,
        i.completed,
        i.closing,
        i.corrections,
        coalesce(o.overdue, 0) as overdue
    from mart.daily_inventory as i
    left join overdue as o using (property, kind, owner)
    order by i.property, i.kind, overdue desc, i.closing desc, i.owner
)

select * from final
