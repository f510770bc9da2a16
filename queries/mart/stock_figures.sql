-- What:  Complaints and repairs open at the end of each period, or at D, and how many of them are past their deadline.
-- Grain: one row per cell and period with an open ticket
-- Key:   property, zone, category, period
-- Figures: open_tickets = count, lower is better
--          overdue = share, lower is better
-- Spec:  §1 open_tickets, overdue
with

moments as (
    select period, period_kind, least(period_end, getvariable('as_of'))::timestamp as moment
    from int.periods
),

standing as (
    select
        m.period,
        m.period_kind,
        s.property,
        s.zone,
        s.category,
        count(*) as open_tickets,
        count(s.deadline) as with_deadline,
        count(*) filter (where run_out(s.deadline, s.is_due, m.moment)) as overdue
    from int.open_spans as s
    join moments as m on s.registered_at < m.moment and (s.completed_at is null or s.completed_at >= m.moment)
    group by all
),

final as (
    select
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        case when grouping(category) = 1 then '*' else category end as category,
        period,
        period_kind,
        sum(open_tickets)::bigint as open_tickets,
        sum(with_deadline)::bigint as with_deadline,
        sum(overdue)::bigint as overdue
    from standing
    group by period, period_kind, grouping sets ((), (category), (property), (property, category), (property, zone), (property, zone, category))
    having period_kind not in ('day', 'week') or grouping(category) = 1
    order by property, zone, category, period
)

select * from final
