-- What:  Records whose current version comes from a file that lacks a column which the file of an older version has.
-- Grain: one row per such record
-- Key:   kind, property, id
-- Spec:  §0 versions: such a column keeps its newest known value
with

-- Files are compared by layout: a history of thousands has but a few.
layouts as (
    select kind, fields, row_number() over (order by kind, fields) as layout
    from (select distinct kind, fields from raw.file_fields)
),

narrower as (
    select c.layout, o.layout as other
    from layouts as c
    join layouts as o on o.kind = c.kind and o.layout <> c.layout
    where len(list_filter(o.fields, lambda f: not list_contains(c.fields, f))) > 0
),

files as (
    select f.kind, f.landed, l.layout
    from raw.file_fields as f
    join layouts as l using (kind, fields)
),

versions as (
    select v.kind, v.property, v.id, v.is_current, f.layout
    from stg.versions as v
    join files as f using (kind, landed)
),

final as (
    select distinct c.kind, c.property, c.id
    from versions as c
    join versions as o on o.kind = c.kind and o.property = c.property and o.id = c.id and not o.is_current
    join narrower as n on n.layout = c.layout and n.other = o.layout
    where c.is_current
)

select * from final
