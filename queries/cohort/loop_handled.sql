-- What:    Complaints and repairs whose loop_days are over, and whether somebody took them up in these days.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: loop_handled = share, higher is better
-- Spec:    §1, §5
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, handled as hit
    from int.loop_stages
)

select * from final
