-- What:  The three qualities by heading and line, in points between floor and target.
-- Grain: one row per property (* for the company), period and line; heading means have metric *, quality means heading * too
-- Key:   property, period, quality, heading, metric
-- Spec:  §13
with

figures as (
    select property, period, metric, value
    from mart.figures
    where zone = '*' and category = '*'
),

lines as (
    select
        p.property,
        p.period,
        l.quality,
        l.heading,
        l.metric,
        l.position,
        f.value,
        t.target,
        t.floor,
        points(f.value, t.target, t.floor) as points
    from mart.figure_periods as p
    cross join mart.scorecard_lines as l
    left join figures as f on f.property = p.property and f.period = p.period and f.metric = l.metric
    left join int.period_targets as t on t.period = p.period and t.metric = l.metric
),

headings as (
    select property, period, quality, heading, min(position) // 10 * 10 as position, sum(points::decimal(18, 12))::double / count(points) as points
    from lines
    group by property, period, quality, heading
),

qualities as (
    select property, period, quality, min(position) - 1 as position, sum(points::decimal(18, 12))::double / count(points) as points
    from headings
    group by property, period, quality
),

together as (
    select property, period, quality, heading, metric, value, target, floor, points, position from lines where metric is not null
    union all
    select property, period, quality, heading, '*', null, null, null, points, position from headings
    union all
    select property, period, quality, '*', '*', null, null, null, points, position from qualities
),

final as (
    select t.property, t.period, t.quality, t.heading, t.metric, t.value, t.target, t.floor, t.points
    from together as t
    join mart.periods as p using (period)
    order by t.property, p.period_kind, p.period_start, t.position, t.metric
)

select * from final
