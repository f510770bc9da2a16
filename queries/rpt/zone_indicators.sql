-- What:  What the zone ranking is made of, zones in the order of their rank, indicators by weight.
-- Grain: one row per zone, period and indicator
-- Key:   property, zone, period, metric
-- Spec:  §7
with

final as (
    select
        i.property,
        i.zone,
        i.period,
        i.metric,
        m.unit,
        i.weight,
        i.n,
        i.raw,
        i.low,
        i.high,
        i.shrunk,
        i.points,
        i.standing
    from mart.zone_indicators as i
    join mart.zone_ranking as r using (property, zone, period)
    join mart.metrics as m using (metric)
    join mart.periods as p using (period)
    order by i.property, p.period_kind, p.period_start, r.rank nulls last, i.zone, i.weight desc, m.position
)

select * from final
