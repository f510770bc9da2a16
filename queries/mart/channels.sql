-- What:  Tickets by the channel through which they came.
-- Grain: one row per property (and company), period and channel
-- Key:   property, period, channel
-- Spec:  §13 scorecard, §14
with

counted as (
    select
        case when grouping(t.property) = 1 then '*' else t.property end as property,
        p.period,
        coalesce(t.channel, 'unknown') as channel,
        count(*)::bigint as tickets
    from int.tickets as t
    join mart.periods as p on t.registered_at >= p.period_start and t.registered_at < p.period_end
    where t.is_counted and p.period_kind not in ('day', 'week')
    group by p.period, coalesce(t.channel, 'unknown'), grouping sets ((), (t.property))
),

final as (
    select property, period, channel, tickets, tickets / sum(tickets) over (partition by property, period) as share
    from counted
    order by property, period, tickets desc, channel
)

select * from final
