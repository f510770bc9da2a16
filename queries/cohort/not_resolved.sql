-- What:    Tickets whose resident was asked whether the matter is resolved, and whether the first answer was no.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: not_resolved = share, lower is better
-- Spec:    §1, §4
with

firsts as (
    select *
    from int.callback_attempts
    where is_reached and resolved is not null
    qualify row_number() over (partition by property, ticket_id order by attempt_no) = 1
),

final as (
    select property, ticket_id as id, zone, category, technician, called_at::date as counted_on, resolved = 'no' as hit
    from firsts
)

select * from final
