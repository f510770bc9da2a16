-- What:  Metrics with their unit, the direction that is better, and the target and floor of the period; those of the summary first.
-- Grain: one row per period and metric
-- Key:   period, metric
with

targets as (
    select period, metric, any_value(target) as target, any_value(floor) as floor
    from rpt.compared
    group by period, metric
),

final as (
    select p.period, m.metric, m.unit, m.direction, t.target, t.floor
    from mart.metrics as m
    cross join mart.periods as p
    left join targets as t on t.period = p.period and t.metric = m.metric
    where p.period_kind not in ('day', 'week')
    order by p.period_kind, p.period_start, list_position(getvariable('kpis'), m.metric) nulls last, m.position
)

select * from final
