-- What:  The figures that a sheet is about, property by property.
-- Grain: one row per property, period, sheet and metric
-- Key:   property, period, sheet, metric
with

final as (
    select f.property, f.period, f.sheet, f.metric, f.unit, f.value, f.light, f.unsure
    from rpt.sheet_figures as f
    join mart.periods as p using (period)
    join mart.metrics as m using (metric)
    where f.zone = '*' and f.property <> '*'
    order by p.period_kind, p.period_start, f.sheet, m.position, f.property
)

select * from final
