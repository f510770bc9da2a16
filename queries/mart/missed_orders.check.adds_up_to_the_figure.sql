-- What: Properties whose list of missed orders isn't as long as their months count.
-- Stop: yes
with

listed as (
    select property, count(*) as entries from mart.missed_orders group by property
),

counted as (
    select property, sum(x) as entries
    from mart.figures
    where metric = 'missed_orders' and property <> '*' and zone = '*' and category = '*' and period_kind = 'month'
    group by property
),

final as (
    select coalesce(l.property, c.property) as property, coalesce(l.entries, 0) as listed, coalesce(c.entries, 0) as counted
    from listed as l
    full join counted as c using (property)
    where coalesce(l.entries, 0) <> coalesce(c.entries, 0)
)

select * from final
