-- What:  What the resident of each ticket first said of the fee.
-- Grain: one row per ticket with an answer
-- Key:   property, ticket_id
-- Spec:  §1 fee_unreasonable, §4: the first reached attempt that answers
with

final as (
    select property, ticket_id, kind, zone, category, technician, called_at, fee_reasonable, fee_charged
    from int.callback_attempts
    where is_reached and fee_reasonable is not null
    qualify row_number() over (partition by property, ticket_id order by attempt_no) = 1
)

select * from final
