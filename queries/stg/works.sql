-- What:  Works on public facilities as their current version says, and where it stands in the exports.
-- Grain: one row per work
-- Key:   property, work_id
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.works as r
    join stg.versions as v on v.kind = 'works' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'works' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.works as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'works'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.work_id, 'work_id', r.fields, r.version_no) as work_id,
        newest_known(r.title, 'title', r.fields, r.version_no) as title,
        newest_known(r.zone, 'zone', r.fields, r.version_no) as zone,
        newest_known(r.zone_key, 'zone', r.fields, r.version_no) as zone_key,
        newest_known(r.location, 'location', r.fields, r.version_no) as location,
        newest_known(r.state, 'state', r.fields, r.version_no) as state,
        newest_known(r.state_code, 'state', r.fields, r.version_no) as state_code,
        newest_known(r.planned_from, 'planned_from', r.fields, r.version_no) as planned_from,
        newest_known(r.planned_to, 'planned_to', r.fields, r.version_no) as planned_to,
        newest_known(r.done_on, 'done_on', r.fields, r.version_no) as done_on,
        newest_known(r.public_text, 'public_text', r.fields, r.version_no) as public_text,
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
