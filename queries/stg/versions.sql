-- What:  The versions of each record, oldest first; the last is current. Equal content is one version, dated by its newest sighting.
-- Grain: one row per record and content
-- Key:   kind, property, id, version_no
-- Spec:  §0 versions; file_no counts files by file date, source, name, digest
with

contents as (
    select
        kind,
        property,
        id,
        content,
        count(*) as sightings,
        max((file_no, src_row, landed, updated_at)) as newest,
        min((file_no, src_row)) as oldest
    from stg.sightings
    group by kind, property, id, content
),

spread as (
    select
        kind,
        property,
        id,
        content,
        sightings,
        newest[1] as file_no,
        newest[2] as src_row,
        newest[3] as landed,
        newest[4] as updated_at,
        oldest[1] as first_file_no
    from contents
),

final as (
    select
        *,
        row_number() over (partition by kind, property, id order by updated_at, file_no, src_row) as version_no,
        row_number() over (partition by kind, property, id order by updated_at desc, file_no desc, src_row desc) = 1 as is_current
    from spread
)

select * from final
