-- What:  Cells of the cohorts: company, properties, zones, categories and what crosses them, numbered in the order of their names; * stands for all.
-- Grain: one row per cell with a member
-- Key:   cell
-- Spec:  §0 dimensions. Text is slow to group by, so that figures are added up by number
with

own as (
    select distinct property, zone, category
    from query_table(getvariable('cohorts'), true)
),

levels as (
    select unnest([false, false, true, true, true, true]) as by_property, unnest([false, false, false, false, true, true]) as by_zone, unnest([false, true, false, true, false, true]) as by_category
),

summed as (
    select distinct
        case when l.by_property then o.property else '*' end as property,
        case when l.by_zone then o.zone else '*' end as zone,
        case when l.by_category then o.category else '*' end as category
    from own as o
    cross join levels as l
),

final as (
    select row_number() over (order by property, zone, category) as cell, property, zone, category
    from summed
    order by cell
)

select * from final
