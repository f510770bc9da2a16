-- What:    Completed repairs that cost more than was quoted.
-- Grain:   one row per repair
-- Key:     property, id
-- Of:      ticket
-- Figures: fee_gap_jobs = count, lower is better
-- Spec:    §1
with

final as (
    select property, ticket_id as id, zone, category, technician, completed_at::date as counted_on
    from int.tickets
    where is_counted and kind = 'repair' and completed_at is not null and fee_charged > fee_quoted
)

select * from final
