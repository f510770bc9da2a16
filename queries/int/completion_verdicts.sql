-- What:  Repairs and complaints whose completion deadline has run out, and whether they were completed in time.
-- Grain: one row per such ticket
-- Key:   property, ticket_id
-- Spec:  §1 on_time, §3
with

final as (
    select
        t.property,
        t.ticket_id,
        t.kind,
        t.scope,
        t.zone,
        t.category,
        t.technician,
        deadline_on(d.deadline, d.is_due) as counted_on,
        case when t.is_closed_without_date then null else met_deadline(t.completed_at, t.completed_at_day, d.deadline, d.is_due, d.short) end as hit,
        d.provisional
    from int.tickets as t
    join int.deadlines as d using (property, ticket_id)
    where t.is_counted and t.kind in ('repair', 'complaint') and run_out(d.deadline, d.is_due, getvariable('as_of'))
)

select * from final
