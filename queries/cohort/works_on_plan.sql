-- What:    Works that were to be done before D, and whether they were done by the day planned.
-- Grain:   one row per work
-- Key:     property, id
-- Of:      work
-- Figures: works_on_plan = share, higher is better
-- Spec:    §1
with

final as (
    select
        w.property,
        w.work_id as id,
        coalesce(k.zone, 'unassigned') as zone,
        'unclassified' as category,
        w.planned_to as counted_on,
        coalesce(w.done_on <= w.planned_to, false) as hit
    from stg.works as w
    left join int.zone_keys as k using (property, zone_key)
    where w.planned_to < getvariable('as_of')
)

select * from final
