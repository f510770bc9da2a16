-- What:    Completed complaints, by the date of their completion.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: completed_complaints = count
-- Spec:    §1
with

final as (
    select property, ticket_id as id, zone, category, technician, completed_at::date as counted_on
    from int.tickets
    where is_counted and kind = 'complaint' and completed_at is not null
)

select * from final
