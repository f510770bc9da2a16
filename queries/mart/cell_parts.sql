-- What:  Which cells a zone's cell is summed into: itself, its zone, and the same of property and company, each with its level.
-- Grain: one row per cell of a zone and cell above it
-- Key:   part, cell
-- Spec:  §0 dimensions
with

parts as (
    select cell as part, property, zone, unnest(case when category = '*' then ['*'] else [category, '*'] end) as category
    from mart.cells
    where zone <> '*'
),

above as (
    select part, 'zone' as level, property, zone, category from parts
    union all
    select part, 'property', property, '*', category from parts
    union all
    select part, 'company', '*', '*', category from parts
),

final as (
    select a.part, c.cell, a.level
    from above as a
    join mart.cells as c using (property, zone, category)
    order by a.part, c.cell
)

select * from final
