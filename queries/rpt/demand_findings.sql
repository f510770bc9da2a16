-- What:  When most tickets come in, in one sentence.
-- Grain: one row per property, zone (* for the property) and period with a ticket of a known hour
-- Key:   property, zone, period
-- Spec:  §11
with

by_weekday as (
    select property, zone, period, weekday, sum(tickets)::bigint as tickets
    from mart.demand
    group by property, zone, period, weekday
),

busiest_day as (
    select property, zone, period, weekday, tickets as on_day
    from by_weekday
    qualify row_number() over (partition by property, zone, period order by tickets desc, weekday) = 1
),

by_hour as (
    select property, zone, period, hour, sum(tickets)::bigint as tickets
    from mart.demand
    group by property, zone, period, hour
),

busiest_hour as (
    select property, zone, period, hour, tickets as in_hour
    from by_hour
    qualify row_number() over (partition by property, zone, period order by tickets desc, hour) = 1
),

summed as (
    select
        property,
        zone,
        period,
        sum(tickets)::bigint as tickets,
        (sum(tickets) filter (where peak))::bigint / sum(tickets)::bigint as peak_share,
        any_value(day_precision) as day_precision
    from mart.demand
    group by property, zone, period
),

final as (
    select
        s.property,
        s.zone,
        s.period,
        case when s.day_precision > 0 then 'partly' else 'whole' end as finding,
        s.tickets,
        s.peak_share,
        s.day_precision,
        d.weekday,
        d.on_day,
        h.hour,
        h.hour + 1 as to_hour,
        h.in_hour
    from summed as s
    join busiest_day as d using (property, zone, period)
    join busiest_hour as h using (property, zone, period)
    join mart.periods as p using (period)
    order by s.property, s.zone, p.period_kind, p.period_start
)

select * from final
