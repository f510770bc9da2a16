-- What:  Activities as their current version says, and where it stands in the exports.
-- Grain: one row per activity
-- Key:   property, activity_id
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.activities as r
    join stg.versions as v on v.kind = 'activities' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'activities' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.activities as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'activities'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.activity_id, 'activity_id', r.fields, r.version_no) as activity_id,
        newest_known(r.type, 'type', r.fields, r.version_no) as type,
        newest_known(r.type_key, 'type', r.fields, r.version_no) as type_key,
        newest_known(r.zone, 'zone', r.fields, r.version_no) as zone,
        newest_known(r.zone_key, 'zone', r.fields, r.version_no) as zone_key,
        newest_known(r.planned_on, 'planned_on', r.fields, r.version_no) as planned_on,
        newest_known(r.held_on, 'held_on', r.fields, r.version_no) as held_on,
        newest_known(r.participants, 'participants', r.fields, r.version_no) as participants,
        newest_known(r.note, 'note', r.fields, r.version_no) as note,
        last(r.extra order by r.version_no) as extra,
        last(r.landed order by r.version_no) as landed,
        last(r.src_row order by r.version_no) as src_row,
        last(r.src_line order by r.version_no) as src_line
    from versions as r
    group by r.property, r.id
),

final as (
    select * from simple
    union all by name
    select * from mended
)

select * from final
