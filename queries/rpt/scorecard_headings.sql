-- What:  The points of each quality and each of its headings, beside the period before.
-- Grain: one row per property (and company), period, quality and heading (* for the quality)
-- Key:   property, period, quality, heading
-- Spec:  §13
with

order_of as (
    select quality, heading, min(position) as position
    from mart.scorecard_lines
    group by quality, heading
),

qualities as (
    select unnest(['TQ', 'FQ', 'IQ']) as quality, unnest(range(3)) as quality_no
),

final as (
    select
        s.property,
        s.period,
        s.quality,
        s.heading,
        case s.heading when '*' then 'quality' else 'heading' end as part,
        s.points,
        b.points as previous_points,
        s.points - b.points as change
    from mart.scorecard as s
    join qualities as q using (quality)
    join mart.periods as p using (period)
    left join order_of as o using (quality, heading)
    left join mart.scorecard as b on b.property = s.property and b.period = p.previous and b.quality = s.quality and b.heading = s.heading and b.metric = '*'
    where s.metric = '*'
    order by s.property, p.period_kind, p.period_start, q.quality_no, s.heading <> '*', o.position
)

select * from final
