-- What:  Tickets registered in a period that skipped a stage of the closed loop, by the stage that is missing.
-- Grain: one row per ticket, missing stage and period
-- Key:   property, ticket_id, missing_stage, period
-- Spec:  §5
with

final as (
    select
        g.property,
        g.zone,
        p.period,
        g.ticket_id,
        t.kind,
        t.category,
        t.owner,
        t.registered_at,
        g.missing_stage,
        g.later_stage
    from mart.loop_gaps as g
    join int.tickets as t using (property, ticket_id)
    join mart.periods as p on t.registered_at >= p.period_start and t.registered_at < p.period_end
    where p.period_kind not in ('day', 'week')
    order by g.property, p.period_kind, p.period_start, list_position(['handled', 'followed_up', 'closed', 'called_back'], g.missing_stage), t.registered_at, g.ticket_id
)

select * from final
