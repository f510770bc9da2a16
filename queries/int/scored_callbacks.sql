-- What:  The first reached attempt of each ticket that brought a valid score.
-- Grain: one row per ticket with one
-- Key:   property, ticket_id
-- Spec:  §1 satisfied, §4
with

final as (
    select property, ticket_id, callback_id, zone, category, technician, called_at, score
    from int.callback_attempts
    where is_reached and score is not null
    qualify row_number() over (partition by property, ticket_id order by attempt_no) = 1
)

select * from final
