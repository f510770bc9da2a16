-- What:  When tickets come in: by weekday and hour, with the busiest fifth of the week.
-- Grain: one row per property, zone (* for the property), period, weekday and hour with a ticket
-- Key:   property, zone, period, weekday, hour
-- Spec:  §11; day_precision counts the tickets of the zone and period that are left out, as nobody noted the hour
with

monthly as (
    select
        property,
        zone,
        month_of(registered_at::date) as month_start,
        registered_at_day,
        isodow(registered_at) as weekday,
        hour(registered_at) as hour,
        count(*) as tickets
    from int.tickets
    where is_counted
    group by all
),

tickets as (
    select m.*, p.period
    from monthly as m
    join mart.periods as p on m.month_start >= p.period_start and m.month_start < p.period_end
    where p.period_kind not in ('day', 'week')
),

counted as (
    select
        property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        period,
        weekday,
        hour,
        sum(tickets)::bigint as tickets
    from tickets
    where not registered_at_day
    group by property, period, weekday, hour, grouping sets ((), (zone))
),

left_out as (
    select property, case when grouping(zone) = 1 then '*' else zone end as zone, period, sum(tickets)::bigint as day_precision
    from tickets
    where registered_at_day
    group by property, period, grouping sets ((), (zone))
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        c.weekday,
        c.hour,
        c.tickets,
        c.tickets / ((least(p.period_end, getvariable('as_of')) - p.period_start) / 7) as per_week,
        row_number() over (partition by c.property, c.zone, c.period order by c.tickets desc, c.weekday, c.hour) <= 34 as peak,
        coalesce(l.day_precision, 0) as day_precision
    from counted as c
    join mart.periods as p using (period)
    left join left_out as l using (property, zone, period)
    order by c.property, c.zone, p.period_kind, p.period_start, c.weekday, c.hour
)

select * from final
