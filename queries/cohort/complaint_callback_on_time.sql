-- What:    Callback obligations of complaints whose due date is past, and whether somebody called in time.
-- Grain:   one row per obligation
-- Key:     property, id
-- Of:      ticket
-- Figures: complaint_callback_on_time = share, higher is better
-- Spec:    §1, §4
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, hit, provisional
    from int.callback_verdicts
    where kind = 'complaint'
)

select * from final
