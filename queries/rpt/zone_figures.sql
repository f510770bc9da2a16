-- What:  The figures that a sheet is about, zone by zone.
-- Grain: one row per property, zone, period, sheet and metric
-- Key:   property, zone, period, sheet, metric
with

final as (
    select f.property, f.zone, f.period, f.sheet, f.metric, f.unit, f.value, f.light, f.unsure
    from rpt.sheet_figures as f
    join mart.zones as z using (property, zone)
    join mart.periods as p using (period)
    join mart.metrics as m using (metric)
    order by f.property, p.period_kind, p.period_start, f.sheet, m.position, z.zone = 'unassigned', f.zone
)

select * from final
