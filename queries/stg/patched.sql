-- What:  Records whose current version comes from a file that lacks a column which the file of an older version has.
-- Grain: one row per such record
-- Key:   kind, property, id
-- Spec:  §0 versions: such a column keeps its newest known value
with

narrower as (
    select c.kind, c.landed, o.landed as other
    from raw.file_fields as c
    join raw.file_fields as o on o.kind = c.kind and o.landed <> c.landed
    where len(list_filter(o.fields, lambda f: not list_contains(c.fields, f))) > 0
),

final as (
    select distinct c.kind, c.property, c.id
    from stg.versions as c
    join stg.versions as o on o.kind = c.kind and o.property = c.property and o.id = c.id and not o.is_current
    join narrower as n on n.kind = c.kind and n.landed = c.landed and n.other = o.landed
    where c.is_current
)

select * from final
