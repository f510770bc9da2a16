-- What:  What a reader should see first: the largest clear improvement (in points of the score), the largest clear decline and the zone
--        that has half of it or more, and the worst figure in the red, else the surest early warning.
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

-- Of a share, those that miss it: hits where fewer are better, all others where more are.
missed as (
    select metric, property, zone, period, case direction when 'lower' then x else n - x end as misses
    from rpt.compared
    where category = '*' and unit = 'percent'
),

-- Where a decline happened, if most of it did in one zone: two misses at least, half of all, and more than any other zone has.
concentrated as (
    select c.metric, c.property, c.zone, c.period, z.zone as in_zone, z.misses as x, whole.misses as of
    from changed as c
    join missed as whole on whole.metric = c.metric and whole.property = c.property and whole.zone = c.zone and whole.period = c.period
    join missed as z on z.metric = c.metric and z.property = c.property and z.zone <> '*' and z.period = c.period
    where c.change_case = 'worse' and c.zone = '*' and z.misses >= 2 and z.misses * 2 >= whole.misses and z.misses < whole.misses
    qualify count(*) over (partition by c.metric, c.property, c.period) = 1
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
        case when w.in_zone is not null then 'worse_in' else coalesce(c.change_case, 'none_' || d.change_case) end as finding,
        c.metric, c.unit, c.previous, c.value, c.value - c.previous as change, c.target, w.in_zone, null as category, w.x, w.of, null as usual_to
    from cells as l
    cross join directions as d
    left join changed as c on c.property = l.property and c.zone = l.zone and c.period = l.period and c.change_case = d.change_case
    left join concentrated as w on w.metric = c.metric and w.property = c.property and w.zone = c.zone and w.period = c.period and c.change_case = 'worse'
    where l.has_previous and exists (from changed as any_change where any_change.property = l.property and any_change.zone = l.zone and any_change.period = l.period)
    union all
    select l.property, l.zone, l.period, 1, case when l.has_previous then 'none' else 'first' end, null, null, null, null, null, null, null, null, null, null, null
    from cells as l
    anti join (select * from changed) as c using (property, zone, period)
    union all
    select
        l.property, l.zone, l.period, 3,
        case when r.metric is not null then 'look' when w.category is not null then 'warned' else 'no_look' end,
        coalesce(r.metric, case when w.category is not null then 'complaint_warnings' end), r.unit, r.previous, r.value, null, r.target,
        w.in_zone, w.category, w.x, null, w.usual_to
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
