-- What:  Callback obligations whose due date is past, and whether somebody called in time.
-- Grain: one row per obligation
-- Key:   property, ticket_id
-- Spec:  §1 callback_on_time, §4
with

in_time as (
    select distinct o.property, o.ticket_id
    from int.callback_obligations as o
    join int.callback_attempts as a using (property, ticket_id)
    where a.called_at::date <= o.due_on
),

final as (
    select o.property, o.ticket_id, o.kind, o.zone, o.category, o.technician, o.due_on as counted_on, i.ticket_id is not null as hit, o.provisional
    from int.callback_obligations as o
    left join in_time as i using (property, ticket_id)
    where o.due_on < getvariable('as_of')
)

select * from final
