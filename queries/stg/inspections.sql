-- What:  Inspections as their current version says, and where it stands in the exports.
-- Grain: one row per inspection
-- Key:   property, inspection_id
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.inspections as r
    join stg.versions as v on v.kind = 'inspections' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'inspections' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.inspections as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'inspections'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.inspection_id, 'inspection_id', r.fields, r.version_no) as inspection_id,
        newest_known(r.domain, 'domain', r.fields, r.version_no) as domain,
        newest_known(r.domain_code, 'domain', r.fields, r.version_no) as domain_code,
        newest_known(r.zone, 'zone', r.fields, r.version_no) as zone,
        newest_known(r.zone_key, 'zone', r.fields, r.version_no) as zone_key,
        newest_known(r.touchpoint, 'touchpoint', r.fields, r.version_no) as touchpoint,
        newest_known(r.touchpoint_key, 'touchpoint', r.fields, r.version_no) as touchpoint_key,
        newest_known(r.item, 'item', r.fields, r.version_no) as item,
        newest_known(r.item_key, 'item', r.fields, r.version_no) as item_key,
        newest_known(r.planned_at, 'planned_at', r.fields, r.version_no) as planned_at,
        newest_known(r.planned_at_day, 'planned_at', r.fields, r.version_no) as planned_at_day,
        newest_known(r.inspected_at, 'inspected_at', r.fields, r.version_no) as inspected_at,
        newest_known(r.inspected_at_day, 'inspected_at', r.fields, r.version_no) as inspected_at_day,
        newest_known(r.inspector, 'inspector', r.fields, r.version_no) as inspector,
        newest_known(r.result, 'result', r.fields, r.version_no) as result,
        newest_known(r.result_code, 'result', r.fields, r.version_no) as result_code,
        newest_known(r.score, 'score', r.fields, r.version_no) as score,
        newest_known(r.max_score, 'max_score', r.fields, r.version_no) as max_score,
        newest_known(r.issue, 'issue', r.fields, r.version_no) as issue,
        newest_known(r.issue_key, 'issue', r.fields, r.version_no) as issue_key,
        newest_known(r.ticket_id, 'ticket_id', r.fields, r.version_no) as ticket_id,
        newest_known(r.rectified_at, 'rectified_at', r.fields, r.version_no) as rectified_at,
        newest_known(r.rectified_at_day, 'rectified_at', r.fields, r.version_no) as rectified_at_day,
        newest_known(r.updated_at, 'updated_at', r.fields, r.version_no) as updated_at,
        newest_known(r.updated_at_day, 'updated_at', r.fields, r.version_no) as updated_at_day,
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
