-- What:    Completed repairs with a fee, 0 included, and what was charged.
-- Grain:   one row per repair
-- Key:     property, id
-- Of:      ticket
-- Figures: fees_charged = sum in yuan
-- Spec:    §1
with

final as (
    select property, ticket_id as id, zone, category, technician, completed_at::date as counted_on, fee_charged::double as value
    from int.tickets
    where is_counted and kind = 'repair' and completed_at is not null and fee_charged is not null
)

select * from final
