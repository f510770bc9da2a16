-- What:  Problems that callbacks of a period found: what isn't resolved first.
-- Grain: one row per attempt, problem and period
-- Key:   property, callback_id, problem, period
with

final as (
    select
        c.property,
        c.zone,
        p.period,
        c.ticket_id,
        c.callback_id,
        c.problem,
        c.owner,
        c.called_at,
        c.issue
    from mart.callback_problems as c
    join mart.periods as p on c.called_at >= p.period_start and c.called_at < p.period_end
    where p.period_kind not in ('day', 'week')
    order by c.property, p.period_kind, p.period_start, list_position(['not_resolved', 'dissatisfied', 'fee', 'issue'], c.problem), c.called_at, c.callback_id
)

select * from final
