-- What:  The versions of each record, oldest first; the last is current. Equal content is one version, dated by its newest sighting.
-- Grain: one row per record and content
-- Key:   kind, property, id, version_no
-- Spec:  §0 versions; file_no counts files by file date, source, name, digest; a mended row stands in the place of the row it mends
with

contents as (
    select
        kind,
        property,
        id,
        content,
        count(*) as sightings,
        max((place_file_no, place_row, turn, file_no, src_row, landed, updated_at)) as newest,
        min((place_file_no, place_row)) as oldest
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
        newest[1] as place_file_no,
        newest[2] as place_row,
        newest[3] as turn,
        newest[4] as file_no,
        newest[5] as src_row,
        newest[6] as landed,
        newest[7] as updated_at,
        oldest[1] as first_file_no
    from contents
),

final as (
    select
        * exclude (place_file_no, place_row, turn),
        row_number() over (partition by kind, property, id order by updated_at, place_file_no, place_row, turn) as version_no,
        row_number() over (partition by kind, property, id order by updated_at desc, place_file_no desc, place_row desc, turn desc) = 1 as is_current
    from spread
)

select * from final
