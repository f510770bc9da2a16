-- What:  Hot topics as their current version says, and where it stands in the exports.
-- Grain: one row per topic
-- Key:   property, topic_id
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.topics as r
    join stg.versions as v on v.kind = 'topics' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'topics' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.topics as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'topics'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.topic_id, 'topic_id', r.fields, r.version_no) as topic_id,
        newest_known(r.title, 'title', r.fields, r.version_no) as title,
        newest_known(r.state, 'state', r.fields, r.version_no) as state,
        newest_known(r.state_code, 'state', r.fields, r.version_no) as state_code,
        newest_known(r.opened_on, 'opened_on', r.fields, r.version_no) as opened_on,
        newest_known(r.updated_on, 'updated_on', r.fields, r.version_no) as updated_on,
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
