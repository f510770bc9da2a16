-- What:  The versions of records that are put together from several, each with the columns that any sighting of it had.
-- Grain: one row per version of such a record
-- Key:   kind, property, id, version_no
-- Spec:  §0 versions
with

-- A version may be seen again in a file that lacks a column: that an earlier sighting showed it empty is known all the same.
sighted as (
    select s.kind, s.property, s.id, s.content, list_sort(list_distinct(flatten(list(distinct f.fields)))) as fields
    from stg.sightings as s
    join stg.patched as p using (kind, property, id)
    join raw.file_fields as f on f.kind = s.kind and f.landed = s.landed
    group by s.kind, s.property, s.id, s.content
),

final as (
    select v.kind, v.property, v.id, v.version_no, v.file_no, v.landed, v.src_row, s.fields
    from stg.versions as v
    join sighted as s using (kind, property, id, content)
)

select * from final
