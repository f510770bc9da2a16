-- What:    Tickets with a rating, and whether the first one is no score at all.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: invalid_rating = share, lower is better
-- Spec:    §1, §4
with

firsts as (
    select *
    from int.callback_attempts
    where is_reached and has_score_cell
    qualify row_number() over (partition by property, ticket_id order by attempt_no) = 1
),

final as (
    select property, ticket_id as id, zone, category, technician, called_at::date as counted_on, score is null as hit
    from firsts
)

select * from final
