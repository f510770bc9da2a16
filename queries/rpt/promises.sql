-- What:  What the weekly meeting promised for a week, the broken ones first.
-- Grain: one row per promise and week in which it fell due
-- Key:   property, ticket_id, promised_on, period
-- Spec:  §9 promises
with

final as (
    select
        p.property,
        t.zone,
        w.period,
        p.ticket_id,
        p.promised_on,
        p.state,
        p.root_cause,
        p.solution,
        p.responsible_person,
        p.completed_at
    from mart.promises as p
    join mart.periods as w on p.promised_on >= w.period_start and p.promised_on < w.period_end
    left join int.tickets as t using (property, ticket_id)
    where w.period_kind = 'week'
    order by p.property, w.period_start, list_position(['broken', 'kept', 'promised'], p.state), p.promised_on, p.ticket_id
)

select * from final
