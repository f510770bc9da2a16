-- What:    Repairs and complaints whose response deadline has run out, and whether somebody responded in time.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: response_on_time = share, higher is better
-- Spec:    §1, §3
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, hit, provisional
    from int.response_verdicts
)

select * from final
