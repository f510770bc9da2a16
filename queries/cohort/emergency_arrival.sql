-- What:    Emergency repairs whose response deadline has run out, and whether somebody was there in time.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: emergency_arrival = share, higher is better
-- Spec:    §1, §3; without an arrival the completion counts
with

arrivals as (
    select
        t.*,
        coalesce(t.arrived_at, t.completed_at) as there_at,
        case when t.arrived_at is null then t.completed_at_day else t.arrived_at_day end as there_at_day
    from int.tickets as t
    where t.is_counted and t.kind = 'repair' and t.priority = 'emergency'
),

final as (
    select
        a.property,
        a.ticket_id as id,
        a.zone,
        a.category,
        a.technician,
        deadline_on(d.response_deadline, d.response_is_due) as counted_on,
        case
            when a.is_closed_without_date and a.there_at is null then null
            else met_deadline(a.there_at, a.there_at_day, d.response_deadline, d.response_is_due, d.response_short)
        end as hit,
        d.response_provisional as provisional
    from arrivals as a
    join int.deadlines as d using (property, ticket_id)
    where run_out(d.response_deadline, d.response_is_due, getvariable('as_of'))
)

select * from final
