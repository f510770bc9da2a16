-- What:    Planned inspections whose week is over, and whether they took place before its end.
-- Grain:   one row per inspection
-- Key:     property, id
-- Of:      inspection
-- Figures: inspection_done = share, higher is better
-- Spec:    §1; early is done
with

planned as (
    select *, window_end(planned_at, planned_at_day, 7) as week_end
    from int.inspections
    where planned_at is not null
),

final as (
    select
        property,
        inspection_id as id,
        zone,
        domain as category,
        last_date(week_end) as counted_on,
        coalesce(before_end(inspected_at, inspected_at_day, planned_at, planned_at_day, 7), false) as hit
    from planned
    where week_end <= getvariable('as_of')
)

select * from final
