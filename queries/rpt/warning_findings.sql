-- What:  What the early warnings of a period come to, in one sentence: the surest of them, and how many there are.
-- Grain: one row per property, zone (* for the property) and period with a figure
-- Key:   property, zone, period
-- Spec:  §8
with

cells as (
    select distinct property, zone, period, period_kind, period_start
    from rpt.compared
    where metric = 'tickets' and property <> '*' and category = '*'
),

-- A property's sentence counts its zones too; what warns for the whole and for a zone is one matter, so those of zones go before.
placed as (
    select property, zone as seen_by, zone, period, month, category, x, usual_to, level, shift, q from rpt.complaint_warnings
    union all
    select property, '*', zone, period, month, category, x, usual_to, level, shift, q from rpt.complaint_warnings where zone <> '*'
),

summed as (
    select
        property,
        seen_by as zone,
        period,
        count(*) filter (where level = 'red')::bigint as red,
        count(*) filter (where level = 'amber')::bigint as amber,
        count(*) filter (where shift)::bigint as shifts
    from placed
    group by property, seen_by, period
),

foremost as (
    select property, seen_by as zone, period, zone as in_zone, category, month, x, usual_to
    from placed
    where level is not null
    qualify row_number() over (partition by property, seen_by, period order by list_position(['red', 'amber'], level), zone = '*', q, month desc, zone, category) = 1
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        case when f.category is null and coalesce(s.shifts, 0) = 0 then 'none' when f.category is null then 'shift' when s.red > 0 then 'red' else 'amber' end as finding,
        coalesce(s.red, 0) as red,
        coalesce(s.amber, 0) as amber,
        coalesce(s.shifts, 0) as shifts,
        f.in_zone,
        f.category,
        f.month,
        f.x,
        f.usual_to
    from cells as c
    left join summed as s using (property, zone, period)
    left join foremost as f using (property, zone, period)
    order by c.property, c.zone, c.period_kind, c.period_start
)

select * from final
