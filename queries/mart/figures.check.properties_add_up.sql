-- What: Counts whose properties don't add up to the company.
-- Stop: yes
with

properties as (
    select f.metric, f.category, f.period, sum(f.x) as x
    from mart.figures as f
    join mart.metrics as m using (metric)
    where m.aggregate = 'count' and f.property <> '*' and f.zone = '*'
    group by f.metric, f.category, f.period
),

company as (
    select f.metric, f.category, f.period, f.x
    from mart.figures as f
    join mart.metrics as m using (metric)
    where m.aggregate = 'count' and f.property = '*'
),

final as (
    select
        coalesce(c.metric, p.metric) as metric,
        coalesce(c.category, p.category) as category,
        coalesce(c.period, p.period) as period,
        c.x as of_company,
        p.x as of_properties
    from company as c
    full join properties as p using (metric, category, period)
    where coalesce(c.x, 0) <> coalesce(p.x, 0)
)

select * from final
