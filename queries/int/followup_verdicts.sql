-- What:  Callback obligations whose due date is a week past, and whether somebody called, or got through, by then.
-- Grain: one row per obligation
-- Key:   property, ticket_id
-- Spec:  §1 callback_coverage, callback_reached; §4
with

called as (
    select o.property, o.ticket_id, bool_or(a.is_reached) as is_reached
    from int.callback_obligations as o
    join int.callback_attempts as a using (property, ticket_id)
    where a.called_at::date <= o.due_on + 7
    group by o.property, o.ticket_id
),

final as (
    select
        o.property,
        o.ticket_id,
        o.zone,
        o.category,
        o.technician,
        o.due_on + 7 as counted_on,
        c.ticket_id is not null as is_attempted,
        coalesce(c.is_reached, false) as is_reached,
        o.provisional
    from int.callback_obligations as o
    left join called as c using (property, ticket_id)
    where o.due_on + 7 < getvariable('as_of')
)

select * from final
