-- What:  Tickets by the channel through which they came, beside the period before, the most first.
-- Grain: one row per property (and company), period and channel
-- Key:   property, period, channel
with

final as (
    select
        c.property,
        c.period,
        c.channel,
        c.tickets,
        c.share,
        b.share as previous_share
    from mart.channels as c
    join mart.periods as p using (period)
    left join mart.channels as b on b.property = c.property and b.period = p.previous and b.channel = c.channel
    order by c.property, p.period_kind, p.period_start, c.tickets desc, c.channel
)

select * from final
