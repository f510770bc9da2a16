-- What:    Findings put right, and how many hours after the inspection.
-- Grain:   one row per inspection
-- Key:     property, id
-- Of:      inspection
-- Figures: hours_to_rectify_median = median, lower is better
-- Spec:    §1
with

final as (
    select
        property,
        inspection_id as id,
        zone,
        domain as category,
        rectified_at::date as counted_on,
        hours_between(inspected_at, inspected_at_day, rectified_at, rectified_at_day) as value
    from int.inspections
    where is_finding and rectified_at is not null and dated_at < getvariable('as_of')
)

select * from final
