-- What:    Inspections that found something.
-- Grain:   one row per inspection
-- Key:     property, id
-- Of:      inspection
-- Figures: findings = count
-- Spec:    §1
with

final as (
    select property, inspection_id as id, zone, domain as category, dated_at::date as counted_on
    from int.inspections
    where is_finding and dated_at < getvariable('as_of')
)

select * from final
