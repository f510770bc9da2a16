-- What:  The versions of each record, oldest first; the last is current. Equal content is one version, dated by its newest sighting.
-- Grain: one row per record and content
-- Key:   kind, property, id, version_no
-- Spec:  §0 versions; file_no counts files by file date, source, name, digest; a mended row stands in the place of the row it mends
with

-- A year of daily dumps has tens of millions of sightings of few contents: one number orders them (file, row, turn), where comparing
-- whole rows would take most of the night.
ordered as (
    select kind, property, id, content, file_no, src_row, updated_at, place_file_no,
        (place_file_no::bigint << 43) + (coalesce(place_row, 0) << 12) + turn as place
    from stg.sightings
),

contents as (
    select
        kind,
        property,
        id,
        content,
        count(*) as sightings,
        max(place) as place,
        arg_max(file_no, place) as file_no,
        arg_max(src_row, place) as src_row,
        arg_max(updated_at, place) as updated_at,
        min(place_file_no) as first_file_no
    from ordered
    group by kind, property, id, content
),

final as (
    select
        c.kind,
        c.property,
        c.id,
        c.content,
        c.sightings,
        c.file_no,
        c.src_row,
        f.landed,
        c.updated_at,
        c.first_file_no,
        row_number() over (partition by c.kind, c.property, c.id order by c.updated_at, c.place) as version_no,
        row_number() over (partition by c.kind, c.property, c.id order by c.updated_at desc, c.place desc) = 1 as is_current
    from contents as c
    join raw.files as f using (file_no)
)

select * from final
