-- What:  Rows that could not be loaded and wait to be mended: rejected ones, and all rows of a file that was refused for its many rejects.
-- Grain: one row per such row of a delivered file
-- Key:   file_no, src_row
-- Spec:  what happens to a row. A reject is closed by the row that mends it, by a later file of its source that brings the record, and
--        by a later sighting of itself; of a file refused whole all rows wait while one does
with

kept as (
    select landed, kind, src_row, false as is_whole, any_value(src_line) as src_line, any_value(id) as id, any_value(ticket_id) as ticket_id,
        any_value(property_key) as property_key, any_value(cells) as cells
    from raw.rejects
    group by landed, kind, src_row
    union all
    select landed, kind, src_row, true, src_line, id, ticket_id, property_key, cells
    from raw.refused_rows
),

placed as (
    select
        f.file_no,
        k.* exclude (ticket_id, property_key),
        coalesce(p.property, t.property, m.mended_property, f.property) as property,
        coalesce(m.mended_file_no, f.file_no) as place_file_no,
        coalesce(m.mended_row, k.src_row) as place_row,
        coalesce(m.turn, 0) as turn
    from kept as k
    join raw.files as f on f.landed = k.landed and f.replaced is null and (f.refused is not null) = k.is_whole
    left join stg.mends as m on m.file_no = f.file_no and m.src_row = k.src_row
    left join stg.property_keys as p on p.property_key = k.property_key
    left join stg.ticket_properties as t on t.ticket_id = case when k.property_key is null then k.ticket_id end
),

sourced as (
    select p.*, f.source
    from placed as p
    join raw.files as f on f.file_no = p.place_file_no
),

-- The last turn at each place.
turns as (
    select place_file_no, place_row, max(turn) as turn
    from (
        select place_file_no, place_row, turn from placed
        union all
        select place_file_no, place_row, turn from stg.sightings where turn > 0
    )
    group by place_file_no, place_row
),

-- The last file of a source that brings a record, readable or not. Returned rows stand where they came from.
brought as (
    select kind, source, property, id, max(place_file_no) as place_file_no
    from (
        select kind, source, property, id, place_file_no from sourced where id is not null
        union all
        select s.kind, f.source, s.property, s.id, s.place_file_no
        from stg.sightings as s
        join raw.files as f on f.file_no = s.place_file_no
        semi join sourced as k on k.kind = s.kind and k.id = s.id
    )
    group by kind, source, property, id
),

-- Without an id, a row is known again by its cells.
repeated as (
    select kind, source, cells, max(place_file_no) as place_file_no
    from sourced
    where id is null
    group by kind, source, cells
),

judged as (
    select
        k.* exclude (source),
        k.turn = t.turn and k.place_file_no = coalesce(b.place_file_no, r.place_file_no) as waits
    from sourced as k
    join turns as t using (place_file_no, place_row)
    left join brought as b on b.kind = k.kind and b.source = k.source and b.property = k.property and b.id = k.id
    left join repeated as r on k.id is null and r.kind = k.kind and r.source = k.source and r.cells = k.cells
),

files_that_wait as (
    select distinct file_no
    from judged
    where is_whole and waits
),

final as (
    select
        j.file_no,
        j.src_row,
        j.kind,
        j.property,
        j.landed,
        j.src_line,
        j.id,
        j.place_file_no,
        j.place_row,
        j.is_whole,
        j.cells
    from judged as j
    left join files_that_wait as w using (file_no)
    where (not j.is_whole and j.waits) or w.file_no is not null
)

select * from final
