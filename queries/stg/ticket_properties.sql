-- What:  The property of each ticket id that only one property has.
-- Grain: one row per such ticket id
-- Key:   ticket_id
-- Spec:  §0 identity
with

final as (
    select t.ticket_id, min(coalesce(k.property, f.property)) as property
    from raw.tickets as t
    join raw.files as f using (landed)
    left join stg.property_keys as k on k.property_key = t.property_key
    group by t.ticket_id
    having count(distinct coalesce(k.property, f.property)) = 1
)

select * from final
