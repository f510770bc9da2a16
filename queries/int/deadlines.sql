-- What:  The deadlines that each ticket is judged by: of the response, and of the completion, put off by an appointment.
-- Grain: one row per complaint or repair that counts; without a limit the deadline is empty
-- Key:   property, ticket_id
-- Spec:  §3
with

tickets as (
    select
        property,
        ticket_id,
        case
            when appointment_at_day then appointment_at + interval 1 day
            else appointment_at + to_minutes(getvariable('appointment_grace_minutes'))
        end as appointment_deadline,
        appointment_at_day as appointment_is_due
    from int.tickets
    where is_counted and kind in ('complaint', 'repair')
),

weighed as (
    select
        t.*,
        c.deadline,
        c.is_due,
        c.short,
        c.provisional,
        case
            when t.appointment_deadline is null then false
            when c.is_due or t.appointment_is_due then
                (deadline_on(t.appointment_deadline, t.appointment_is_due), t.appointment_is_due::int)
                >= (deadline_on(c.deadline, c.is_due), c.is_due::int)
            else t.appointment_deadline > c.deadline
        end as by_appointment
    from tickets as t
    left join int.limit_deadlines as c on c.property = t.property and c.ticket_id = t.ticket_id and c.limit_of = 'complete'
),

final as (
    select
        w.property,
        w.ticket_id,
        case when w.deadline is null then null when w.by_appointment then w.appointment_deadline else w.deadline end as deadline,
        case when w.by_appointment then w.appointment_is_due else w.is_due end as is_due,
        case when w.by_appointment and w.appointment_is_due then false else w.short end as short,
        coalesce(w.provisional and not w.by_appointment, false) as provisional,
        r.deadline as response_deadline,
        r.is_due as response_is_due,
        r.short as response_short,
        coalesce(r.provisional, false) as response_provisional
    from weighed as w
    left join int.limit_deadlines as r on r.property = w.property and r.ticket_id = w.ticket_id and r.limit_of = 'respond'
)

select * from final
