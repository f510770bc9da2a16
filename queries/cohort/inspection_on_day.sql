-- What:    Planned inspections whose day is past, and whether they took place on it.
-- Grain:   one row per inspection
-- Key:     property, id
-- Of:      inspection
-- Figures: inspection_on_day = share, higher is better
-- Spec:    §1
with

final as (
    select property, inspection_id as id, zone, domain as category, planned_at::date as counted_on, coalesce(inspected_at::date = planned_at::date, false) as hit
    from int.inspections
    where planned_at < getvariable('as_of')
)

select * from final
