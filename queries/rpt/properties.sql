-- What:  The figures of the summary of every property, side by side with the company.
-- Grain: one row per period, metric and property (* for the company)
-- Key:   property, period, metric
with

final as (
    select k.property, k.period, k.metric, k.unit, k.value, k.light, k.unsure
    from rpt.kpis as k
    join mart.periods as p using (period)
    where k.zone = '*'
    order by p.period_kind, p.period_start, k.position, k.property
)

select * from final
