-- What:  Hot topics that were open in a period, the latest news first.
-- Grain: one row per topic and period
-- Key:   property, topic_id, period
-- Spec:  §13 half-year summary
with

final as (
    select
        t.property,
        p.period,
        t.topic_id,
        t.title,
        t.state,
        t.opened_on,
        t.updated_on,
        t.public_text
    from mart.topics as t
    join mart.periods as p
        on coalesce(t.opened_on, t.updated_on) < p.period_end
        and (t.state is distinct from 'closed' or coalesce(t.updated_on, t.opened_on) >= p.period_start)
    where p.period_kind not in ('day', 'week')
    order by t.property, p.period_kind, p.period_start, t.state is not distinct from 'closed', t.updated_on desc nulls last, t.topic_id
)

select * from final
