-- What:    Tickets with a scored callback, and whether the score was 4 or 5.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: satisfied = share, higher is better
-- Spec:    §1, §4
with

final as (
    select property, ticket_id as id, zone, category, technician, called_at::date as counted_on, score >= 4 as hit
    from int.scored_callbacks
)

select * from final
