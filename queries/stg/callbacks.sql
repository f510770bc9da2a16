-- What:  Callbacks as their current version says, and where it stands in the exports.
-- Grain: one row per callback
-- Key:   property, callback_id
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.callbacks as r
    join stg.versions as v on v.kind = 'callbacks' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'callbacks' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.callbacks as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'callbacks'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.callback_id, 'callback_id', r.fields, r.version_no) as callback_id,
        newest_known(r.ticket_id, 'ticket_id', r.fields, r.version_no) as ticket_id,
        newest_known(r.called_at, 'called_at', r.fields, r.version_no) as called_at,
        newest_known(r.called_at_day, 'called_at', r.fields, r.version_no) as called_at_day,
        newest_known(r.caller, 'caller', r.fields, r.version_no) as caller,
        newest_known(r.method, 'method', r.fields, r.version_no) as method,
        newest_known(r.method_key, 'method', r.fields, r.version_no) as method_key,
        newest_known(r.reached, 'reached', r.fields, r.version_no) as reached,
        newest_known(r.reached_code, 'reached', r.fields, r.version_no) as reached_code,
        newest_known(r.resolved, 'resolved', r.fields, r.version_no) as resolved,
        newest_known(r.resolved_code, 'resolved', r.fields, r.version_no) as resolved_code,
        newest_known(r.satisfaction, 'satisfaction', r.fields, r.version_no) as satisfaction,
        newest_known(r.satisfaction_score, 'satisfaction', r.fields, r.version_no) as satisfaction_score,
        newest_known(r.fee_reasonable, 'fee_reasonable', r.fields, r.version_no) as fee_reasonable,
        newest_known(r.fee_reasonable_code, 'fee_reasonable', r.fields, r.version_no) as fee_reasonable_code,
        newest_known(r.issue_category, 'issue_category', r.fields, r.version_no) as issue_category,
        newest_known(r.issue, 'issue', r.fields, r.version_no) as issue,
        newest_known(r.issue_key, 'issue', r.fields, r.version_no) as issue_key,
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
