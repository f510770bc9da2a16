-- What:  The lines of the scorecard, in the order of the model, beside the points of the period before.
-- Grain: one row per property (and company), period, quality, heading and line; a heading without lines has one, empty
-- Key:   property, period, quality, heading, metric
-- Spec:  §13
with

headings as (
    select property, period, quality, heading, points
    from mart.scorecard
    where metric = '*' and heading <> '*'
),

lines as (
    select property, period, quality, heading, metric, value, target, floor, points
    from mart.scorecard
    where metric <> '*'
),

final as (
    select
        h.property,
        h.period,
        h.quality,
        h.heading,
        coalesce(l.metric, '*') as metric,
        m.unit,
        l.value,
        l.target,
        l.floor,
        l.points,
        b.points as previous_points
    from headings as h
    join mart.periods as p using (period)
    left join lines as l using (property, period, quality, heading)
    left join mart.metrics as m using (metric)
    left join mart.scorecard as b on b.property = h.property and b.period = p.previous and b.quality = h.quality and b.heading = h.heading and b.metric = l.metric
    left join (select quality, heading, metric, position from mart.scorecard_lines) as o
        on o.quality = h.quality and o.heading = h.heading and o.metric is not distinct from l.metric
    order by h.property, p.period_kind, p.period_start, o.position
)

select * from final
