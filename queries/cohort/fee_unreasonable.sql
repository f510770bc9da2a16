-- What:    Completed repairs that cost something and whose resident was asked of the fee, and whether the first answer was unreasonable.
-- Grain:   one row per repair
-- Key:     property, id
-- Of:      ticket
-- Figures: fee_unreasonable = share, lower is better
-- Spec:    §1, §4
with

final as (
    select property, ticket_id as id, zone, category, technician, called_at::date as counted_on, fee_reasonable = 'no' as hit
    from int.fee_answers
    where kind = 'repair' and fee_charged > 0
)

select * from final
