-- What:  Promises of the weekly meeting as their current version says, and where it stands in the exports.
-- Grain: one row per ticket and promised date
-- Key:   property, ticket_id, promised_on
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.actions as r
    join stg.versions as v on v.kind = 'actions' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'actions' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.actions as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'actions'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.ticket_id, 'ticket_id', r.fields, r.version_no) as ticket_id,
        newest_known(r.root_cause, 'root_cause', r.fields, r.version_no) as root_cause,
        newest_known(r.root_cause_key, 'root_cause', r.fields, r.version_no) as root_cause_key,
        newest_known(r.solution, 'solution', r.fields, r.version_no) as solution,
        newest_known(r.responsible_person, 'responsible_person', r.fields, r.version_no) as responsible_person,
        newest_known(r.promised_on, 'promised_on', r.fields, r.version_no) as promised_on,
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
