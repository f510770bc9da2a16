-- What:  Published figures that have moved since, those of the summary first.
-- Grain: one row per figure
-- Key:   metric, property, zone, category, of_period
-- Spec:  §14 restatements
with

final as (
    select
        r.property,
        r.zone,
        r.category,
        r.metric,
        m.unit,
        r.period as of_period,
        r.published_on,
        r.was,
        r.now,
        r.now - r.was as change,
        r.came,
        r.went,
        r.changed,
        r.because
    from mart.restatements as r
    join mart.metrics as m using (metric)
    join mart.periods as p using (period)
    order by r.property, r.zone, r.category, list_position(getvariable('kpis'), r.metric) nulls last, m.position, p.period_start desc, p.period_kind
)

select * from final
