-- What:  Complaints and repairs open at D, those longest past their deadline first.
-- Grain: one row per open ticket
-- Key:   property, ticket_id
-- Spec:  §9
with

called as (
    select distinct property, ticket_id from int.callback_attempts
),

final as (
    select
        s.property,
        s.ticket_id,
        s.kind,
        s.zone,
        t.place,
        s.category,
        (getvariable('as_of') - s.registered_at::date)::bigint as age_days,
        s.deadline,
        case when run_out(s.deadline, s.is_due, getvariable('as_of')) then date_diff('microsecond', s.deadline, getvariable('as_of')::timestamp) / 3600000000.0::double end as overdue_hours,
        s.owner,
        c.root_cause,
        case
            when k.ticket_id is not null then 'called_back'
            when t.closed_at is not null then 'closed'
            when t.arrived_at is not null then 'followed_up'
            when t.dispatched_at is not null or t.accepted_at is not null then 'handled'
            else 'registered'
        end as stage,
        t.delay_reason
    from int.open_spans as s
    join int.tickets as t using (property, ticket_id)
    join int.root_causes as c using (property, ticket_id)
    left join called as k using (property, ticket_id)
    where s.completed_at is null
    order by s.property, overdue_hours desc nulls last, s.ticket_id
)

select * from final
