-- What:  Callbacks due in a period that were made late, or not at all; those not made first.
-- Grain: one row per obligation and period
-- Key:   property, ticket_id, period
-- Spec:  §4
with

final as (
    select
        c.property,
        c.zone,
        p.period,
        c.ticket_id,
        c.state,
        c.owner,
        c.completed_at,
        c.due_on,
        c.attempted_at
    from mart.callbacks_due as c
    join mart.periods as p on c.due_on >= p.period_start and c.due_on < p.period_end
    where c.state in ('late', 'overdue') and p.period_kind not in ('day', 'week')
    order by c.property, p.period_kind, p.period_start, c.state desc, c.due_on, c.ticket_id
)

select * from final
