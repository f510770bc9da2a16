-- What:    Tickets with a scored callback, and the score, 1 to 5.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: satisfaction_mean = mean in score, higher is better
-- Spec:    §1, §4
with

final as (
    select property, ticket_id as id, zone, category, technician, called_at::date as counted_on, score::double as value
    from int.scored_callbacks
)

select * from final
