-- What:  The figures of the summary in each of the last twelve months.
-- Grain: one row per property (and company), zone, month that is reported, metric and month shown
-- Key:   property, zone, period, metric, month
with

-- A month without a figure stands as an empty one, so that every row has the same months.
months as (
    select p.period, p.period_start, q.period as month, q.period_start as month_start
    from mart.periods as p
    join mart.periods as q on q.period_start > p.period_start - interval 12 month and q.period_start <= p.period_start
    where p.period_kind = 'month' and q.period_kind = 'month'
),

final as (
    select
        k.property,
        k.zone,
        k.period,
        k.metric,
        k.unit,
        m.month,
        f.value,
        c.target
    from rpt.kpis as k
    join months as m using (period)
    left join mart.figures as f on f.metric = k.metric and f.property = k.property and f.zone = k.zone and f.category = '*' and f.period = m.month
    left join mart.comparisons as c on c.metric = k.metric and c.property = k.property and c.zone = k.zone and c.category = '*' and c.period = m.month
    order by k.property, k.zone, m.period_start, k.position, m.month_start
)

select * from final
