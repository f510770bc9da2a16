-- What:    Completed repairs that cost something.
-- Grain:   one row per repair
-- Key:     property, id
-- Of:      ticket
-- Figures: chargeable_jobs = count
-- Spec:    §1
with

final as (
    select property, ticket_id as id, zone, category, technician, completed_at::date as counted_on
    from int.tickets
    where is_counted and kind = 'repair' and completed_at is not null and fee_charged > 0
)

select * from final
