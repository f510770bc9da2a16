-- What:  How many tickets are overdue for the weekly meeting, how many of these nobody explained, and what became of last week's promises.
-- Grain: one row per property and week
-- Key:   property, period
-- Spec:  §9 promises; product, R2
with

overdue as (
    select
        property,
        count(*)::bigint as overdue,
        count(*) filter (where delay_reason is null)::bigint as unexplained
    from mart.overdue_tickets
    group by property
),

promised as (
    select
        property,
        period,
        count(*)::bigint as promises,
        count(*) filter (where state = 'kept')::bigint as kept,
        count(*) filter (where state = 'broken')::bigint as broken
    from rpt.promises
    group by property, period
),

final as (
    select
        l.property,
        w.period,
        case when o.overdue is null then 'none' else 'some' end as finding,
        coalesce(o.overdue, 0) as overdue,
        coalesce(o.unexplained, 0) as unexplained,
        case when p.promises is null then 'none' else 'some' end as promised,
        coalesce(p.promises, 0) as promises,
        coalesce(p.kept, 0) as kept,
        coalesce(p.broken, 0) as broken
    from mart.properties as l
    cross join mart.periods as w
    left join overdue as o using (property)
    left join promised as p on p.property = l.property and p.period = w.period
    where w.period_kind = 'week'
    order by l.property, w.period_start
)

select * from final
