-- What:  The figures of the summary in each of the last twelve months up to the end of a period.
-- Grain: one row per property (and company), zone, period that is reported, metric and month shown
-- Key:   property, zone, period, metric, month
with

-- A month without a figure stands as an empty one, so that every row has the same months.
months as (
    select p.period, p.period_kind, p.period_start, q.period as month, q.period_start as month_start
    from mart.periods as p
    join mart.periods as q on q.period_start >= p.period_end - interval 12 month and q.period_start < p.period_end
    where p.period_kind in ('month', 'quarter', 'half') and q.period_kind = 'month'
),

shown as (
    select c.metric, c.property, c.zone, c.period, c.value, c.target
    from mart.comparisons as c
    join mart.periods as p using (period)
    where c.category = '*' and p.period_kind = 'month' and list_contains(getvariable('kpis'), c.metric)
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
        f.target
    from rpt.kpis as k
    join months as m using (period)
    left join shown as f on f.metric = k.metric and f.property = k.property and f.zone = k.zone and f.period = m.month
    order by k.property, k.zone, m.period_kind, m.period_start, k.position, m.month_start
)

select * from final
