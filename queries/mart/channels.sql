-- What:  Tickets by the channel through which they came.
-- Grain: one row per property (and company), period and channel
-- Key:   property, period, channel
-- Spec:  §13 scorecard, §14
with

monthly as (
    select property, coalesce(channel, 'unknown') as channel, month_of(registered_at::date) as month_start, count(*) as tickets
    from int.tickets
    where is_counted
    group by all
),

counted as (
    select
        case when grouping(m.property) = 1 then '*' else m.property end as property,
        p.period,
        m.channel,
        sum(m.tickets)::bigint as tickets
    from monthly as m
    join mart.periods as p on m.month_start >= p.period_start and m.month_start < p.period_end
    where p.period_kind not in ('day', 'week')
    group by p.period, m.channel, grouping sets ((), (m.property))
),

final as (
    select property, period, channel, tickets, tickets / sum(tickets) over (partition by property, period) as share
    from counted
    order by property, period, tickets desc, channel
)

select * from final
