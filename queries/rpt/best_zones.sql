-- What:  The zones of the first three ranks, and in which indicator each does clearly better than the property.
-- Grain: one row per zone, period and such indicator; one without any has one row, with an empty metric
-- Key:   property, zone, period, metric
-- Spec:  §7 standing
with

better as (
    select property, zone, period, metric, raw
    from mart.zone_indicators
    where standing = 'better'
),

final as (
    select
        r.property,
        r.zone,
        r.period,
        r.rank,
        r.score,
        r.movement,
        coalesce(b.metric, 'none') as metric,
        m.unit,
        b.raw,
        f.value as property_value
    from mart.zone_ranking as r
    join mart.periods as p using (period)
    left join better as b using (property, zone, period)
    left join mart.metrics as m using (metric)
    left join rpt.compared as f on f.metric = b.metric and f.property = r.property and f.zone = '*' and f.category = '*' and f.period = r.period
    where r.rank <= 3
    order by r.property, p.period_kind, p.period_start, r.rank, r.zone, m.position
)

select * from final
