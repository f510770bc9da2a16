-- What:    Callback obligations whose due date is past, and whether somebody called in time.
-- Grain:   one row per obligation
-- Key:     property, id
-- Of:      ticket
-- Figures: callback_on_time = share, higher is better
-- Spec:    §1, §4
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, hit, provisional
    from int.callback_verdicts
)

select * from final
