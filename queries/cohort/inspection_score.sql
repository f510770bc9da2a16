-- What:    Inspections with a score, as a percentage of the full score.
-- Grain:   one row per inspection
-- Key:     property, id
-- Of:      inspection
-- Figures: inspection_score = ratio in points, higher is better
-- Spec:    §1, §6
with

final as (
    select property, inspection_id as id, zone, domain as category, dated_at::date as counted_on, 100 * score::double as value, max_score::double as weight
    from int.inspections
    where score is not null and max_score > 0 and dated_at < getvariable('as_of')
)

select * from final
