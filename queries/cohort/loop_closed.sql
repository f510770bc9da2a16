-- What:    Complaints and repairs whose loop_days are over, and whether they were closed in these days.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: loop_closed = share, higher is better
-- Spec:    §1, §5
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, closed as hit
    from int.loop_stages
)

select * from final
