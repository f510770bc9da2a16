-- What:  Complaints and repairs open at the end of each complete month, and whether they were past their deadline then (empty: without a limit).
-- Grain: one row per month and ticket
-- Key:   month, property, ticket_id
-- Spec:  §1 open_tickets, overdue; the ends of longer periods are ends of months
with

moments as (
    select period, period_end::timestamp as moment
    from int.periods
    where period_kind = 'month' and complete
),

final as (
    select
        m.period as month,
        s.property,
        s.ticket_id,
        s.zone,
        s.category,
        m.moment::date - 1 as counted_on,
        case when s.deadline is not null then run_out(s.deadline, s.is_due, m.moment) end as hit
    from int.open_spans as s
    join moments as m on s.registered_at < m.moment and (s.completed_at is null or s.completed_at >= m.moment)
    order by month, s.property, s.ticket_id
)

select * from final
