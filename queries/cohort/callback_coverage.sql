-- What:    Callback obligations whose due date is a week past, and whether somebody called by then.
-- Grain:   one row per obligation
-- Key:     property, id
-- Of:      ticket
-- Figures: callback_coverage = share, higher is better
-- Spec:    §1, §4
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, is_attempted as hit, provisional
    from int.followup_verdicts
)

select * from final
