-- What:    Complaints and repairs whose loop_days are over, and whether somebody came or completed them in these days.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: loop_followed_up = share, higher is better
-- Spec:    §1, §5
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, followed_up as hit
    from int.loop_stages
)

select * from final
