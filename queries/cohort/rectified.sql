-- What:    Findings whose week is over, and whether they were put right before its end.
-- Grain:   one row per inspection
-- Key:     property, id
-- Of:      inspection
-- Figures: rectified = share, higher is better
-- Spec:    §1
with

found as (
    select *, window_end(dated_at, dated_at_day, 7) as week_end
    from int.inspections
    where is_finding
),

final as (
    select
        property,
        inspection_id as id,
        zone,
        domain as category,
        last_date(week_end) as counted_on,
        coalesce(before_end(rectified_at, rectified_at_day, dated_at, dated_at_day, 7), false) as hit
    from found
    where week_end <= getvariable('as_of')
)

select * from final
