-- What:  When tickets come in: tickets in each hour of the week, 0 where none came.
-- Grain: one row per property, zone (* for the property), period, weekday and hour
-- Key:   property, zone, period, weekday, hour
-- Spec:  §11
with

cells as (
    select distinct property, zone, period from mart.demand
),

week as (
    select h.hour, d.weekday
    from (select unnest(range(24)) as hour) as h
    cross join (select unnest(range(1, 8)) as weekday) as d
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        w.weekday,
        w.hour,
        coalesce(d.tickets, 0) as tickets,
        coalesce(d.peak, false) as peak
    from cells as c
    cross join week as w
    left join mart.demand as d on d.property = c.property and d.zone = c.zone and d.period = c.period and d.hour = w.hour and d.weekday = w.weekday
    join mart.periods as p on p.period = c.period
    order by c.property, c.zone, p.period_kind, p.period_start, w.weekday, w.hour
)

select * from final
