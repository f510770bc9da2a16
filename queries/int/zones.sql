-- What:  The zones that reports show: those of the reference and those of any ticket.
-- Grain: one row per zone of a property
-- Key:   property, zone
-- Spec:  §0 dimensions, §7
with

final as (
    select property, zone from int.zone_rows
    union
    select property, zone from int.tickets where is_counted
)

select * from final
