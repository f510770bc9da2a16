-- What:  Cells that have a row even where nothing is counted: the company, each property and each zone, from the first ticket on; categories are not split.
-- Grain: one row per property, zone and period
-- Key:   property, zone, period
-- Spec:  §0 dimensions
with

cells as (
    select '*' as property, '*' as zone
    union all
    select distinct property, '*' from int.zones
    union all
    select property, zone from int.zones
),

final as (
    select c.property, c.zone, '*' as category, p.period, p.period_kind
    from cells as c
    join int.first_tickets as f using (property)
    join mart.periods as p on p.period_end > f.first_on
    where p.period_kind <> 'day'
    order by property, zone, period
)

select * from final
