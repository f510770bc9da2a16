-- What:  Entries of the front desk's and the monitoring centre's register, as their current version says, and where it stands in the exports.
-- Grain: one row per entry
-- Key:   property, register_id
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.register as r
    join stg.versions as v on v.kind = 'register' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'register' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.register as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'register'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.register_id, 'register_id', r.fields, r.version_no) as register_id,
        newest_known(r.desk, 'desk', r.fields, r.version_no) as desk,
        newest_known(r.entered_at, 'entered_at', r.fields, r.version_no) as entered_at,
        newest_known(r.entered_at_day, 'entered_at', r.fields, r.version_no) as entered_at_day,
        newest_known(r.kind, 'kind', r.fields, r.version_no) as kind,
        newest_known(r.kind_code, 'kind', r.fields, r.version_no) as kind_code,
        newest_known(r.building, 'building', r.fields, r.version_no) as building,
        newest_known(r.building_key, 'building', r.fields, r.version_no) as building_key,
        newest_known(r.unit, 'unit', r.fields, r.version_no) as unit,
        newest_known(r.unit_key, 'unit', r.fields, r.version_no) as unit_key,
        newest_known(r.room, 'room', r.fields, r.version_no) as room,
        newest_known(r.room_key, 'room', r.fields, r.version_no) as room_key,
        newest_known(r.location, 'location', r.fields, r.version_no) as location,
        newest_known(r.location_key, 'location', r.fields, r.version_no) as location_key,
        newest_known(r.phone, 'phone', r.fields, r.version_no) as phone,
        newest_known(r.summary, 'summary', r.fields, r.version_no) as summary,
        newest_known(r.ticket_id, 'ticket_id', r.fields, r.version_no) as ticket_id,
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
