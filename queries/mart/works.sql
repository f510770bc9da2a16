-- What:  Works on public facilities, as exported.
-- Grain: one row per work
-- Key:   property, work_id
-- Spec:  §14
with

final as (
    select
        w.property,
        w.work_id,
        w.title,
        coalesce(k.zone, 'unassigned') as zone,
        w.location,
        coalesce(w.state_code, w.state) as state,
        w.planned_from,
        w.planned_to,
        w.done_on,
        w.public_text
    from stg.works as w
    left join int.zone_keys as k using (property, zone_key)
    order by w.property, w.planned_from, w.work_id
)

select * from final
