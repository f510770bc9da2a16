-- What:    Tickets of kind repair, by the date of their registration.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: repairs = count
-- Spec:    §1
with

final as (
    select property, ticket_id as id, zone, category, technician, registered_at::date as counted_on
    from int.tickets
    where is_counted and kind = 'repair'
)

select * from final
