-- What:  Rooms that tickets came from: what a notice must never hold together with their building.
-- Grain: one row per property, building, unit and room
-- Key:   property, building, unit, room
-- Spec:  §13 public figures
with

final as (
    select distinct property, coalesce(building, '') as building, coalesce(unit, '') as unit, room
    from stg.tickets
    where room is not null
)

select * from final
