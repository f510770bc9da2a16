-- What:    Inspections that passed or failed, and which of the two.
-- Grain:   one row per inspection
-- Key:     property, id
-- Of:      inspection
-- Figures: inspection_pass = share, higher is better
-- Spec:    §1
with

final as (
    select property, inspection_id as id, zone, domain as category, dated_at::date as counted_on, result = 'pass' as hit
    from int.inspections
    where result in ('pass', 'fail') and dated_at < getvariable('as_of')
)

select * from final
