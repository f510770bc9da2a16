-- What:  Repairs and complaints whose response deadline has run out, and whether somebody responded in time.
-- Grain: one row per such ticket
-- Key:   property, ticket_id
-- Spec:  §1 response_on_time, §3; a ticket closed without a date is judged only by an acceptance or an arrival
with

final as (
    select
        r.property,
        r.ticket_id,
        r.kind,
        r.zone,
        r.category,
        r.technician,
        deadline_on(d.response_deadline, d.response_is_due) as counted_on,
        case
            when r.is_closed_without_date and r.responded_at is null then null
            else met_deadline(r.responded_at, r.responded_at_day, d.response_deadline, d.response_is_due, d.response_short)
        end as hit,
        d.response_provisional as provisional
    from int.responses as r
    join int.deadlines as d using (property, ticket_id)
    where run_out(d.response_deadline, d.response_is_due, getvariable('as_of'))
)

select * from final
