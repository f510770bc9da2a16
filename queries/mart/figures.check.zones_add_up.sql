-- What: Counts whose zones don't add up to the property.
-- Stop: yes
with

zones as (
    select f.metric, f.property, f.category, f.period, sum(f.x) as x
    from mart.figures as f
    join mart.metrics as m using (metric)
    where m.aggregate = 'count' and f.zone <> '*'
    group by f.metric, f.property, f.category, f.period
),

properties as (
    select f.metric, f.property, f.category, f.period, f.x
    from mart.figures as f
    join mart.metrics as m using (metric)
    where m.aggregate = 'count' and f.zone = '*' and f.property <> '*'
),

final as (
    select coalesce(p.metric, z.metric) as metric, coalesce(p.property, z.property) as property, coalesce(p.category, z.category) as category, coalesce(p.period, z.period) as period, p.x as of_property, z.x as of_zones
    from properties as p
    full join zones as z on z.metric = p.metric and z.property = p.property and z.category = p.category and z.period = p.period
    where coalesce(p.x, 0) <> coalesce(z.x, 0)
)

select * from final
