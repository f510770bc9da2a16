-- What:  What a reader should see first: the largest clear improvement, the largest clear decline, and the worst figure in the red, else
--        the surest early warning.
-- Grain: one row per property, zone, period and sentence
-- Key:   property, zone, period, position
-- Spec:  §0 improvement and decline; product, summary
with

candidates as (
    select *, points - previous_points as gained, list_position(getvariable('kpis'), metric) as listed
    from rpt.compared
    where category = '*' and list_contains(getvariable('kpis'), metric)
),

cells as (
    select property, zone, period, any_value(period_kind) as period_kind, any_value(period_start) as period_start, bool_or(previous is not null) as has_previous
    from candidates
    group by property, zone, period
),

changed as (
    select *
    from candidates
    where change_case is not null
    qualify row_number() over (partition by property, zone, period, change_case order by abs(gained) desc, listed) = 1
),

-- How far beyond the target, in widths between target and floor: points would stop at 0.
in_the_red as (
    select *
    from candidates
    where light = 'red' and not unsure
    qualify row_number() over (partition by property, zone, period order by abs(value - target) / abs(target - floor) desc, listed) = 1
),

warned as (
    select property, zone, period, in_zone, category, x, usual_to
    from rpt.warning_findings
    where finding in ('red', 'amber')
),

directions as (
    select unnest([1, 2]) as position, unnest(['better', 'worse']) as change_case
),

sentences as (
    select
        l.property, l.zone, l.period, d.position,
        coalesce(c.change_case, 'none_' || d.change_case) as finding,
        c.metric, c.unit, c.previous, c.value, c.target, c.gained as points, null as in_zone, null as category, null as x, null as usual_to
    from cells as l
    cross join directions as d
    left join changed as c on c.property = l.property and c.zone = l.zone and c.period = l.period and c.change_case = d.change_case
    where l.has_previous and exists (from changed as any_change where any_change.property = l.property and any_change.zone = l.zone and any_change.period = l.period)
    union all
    select l.property, l.zone, l.period, 1, case when l.has_previous then 'none' else 'first' end, null, null, null, null, null, null, null, null, null, null
    from cells as l
    anti join (select * from changed) as c using (property, zone, period)
    union all
    select
        l.property, l.zone, l.period, 3,
        case when r.metric is not null then 'look' when w.category is not null then 'warned' else 'no_look' end,
        coalesce(r.metric, case when w.category is not null then 'complaint_warnings' end), r.unit, r.previous, r.value, r.target, null,
        w.in_zone, w.category, w.x, w.usual_to
    from cells as l
    left join in_the_red as r using (property, zone, period)
    left join warned as w using (property, zone, period)
),

final as (
    select s.*
    from sentences as s
    join cells as l using (property, zone, period)
    order by s.property, s.zone, l.period_kind, l.period_start, s.position
)

select * from final
