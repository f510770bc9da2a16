-- What:  Which row of which file each returned row that is handed in again stands for. Of several for one row, the last turn counts.
-- Grain: one row per returned row of a delivered file whose reference names an export of the archive
-- Key:   file_no, src_row
-- Spec:  what happens to a row: a mended row takes the place and the file date of the row it mends
with

named as (
    select f.file_no, f.handed_in, m.kind, m.src_row, m.mended_digest, m.mended_row
    from raw.mends as m
    join raw.files as f using (landed)
    where f.replaced is null
),

-- Two sources may have delivered the same bytes: the first stands for both.
exports as (
    select kind, digest[1:12] as mended_digest, min(file_no) as file_no
    from raw.files
    group by all
),

placed as (
    select
        n.file_no,
        n.src_row,
        o.file_no as mended_file_no,
        o.file_date as mended_file_date,
        o.property as mended_property,
        n.mended_row,
        row_number() over (partition by o.file_no, n.mended_row order by n.handed_in nulls first, n.file_no, n.src_row)::integer as turn
    from named as n
    join exports as e using (kind, mended_digest)
    join raw.files as o on o.file_no = e.file_no
),

final as (
    select *
    from placed
)

select * from final
