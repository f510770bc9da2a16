-- What:    Complaints and repairs that ask for a callback and whose loop_days are over, and whether somebody called back in these days.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: loop_called_back = share, higher is better
-- Spec:    §1, §5
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, called_back as hit
    from int.loop_stages
    where call_is_owed
)

select * from final
