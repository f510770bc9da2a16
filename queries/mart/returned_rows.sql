-- What:  The rows that go back to the clerk, cell by cell, with all reasons of each: what R11 is made of.
-- Grain: one row per row that waits to be mended
-- Key:   file_no, src_row
-- Spec:  R11. A file refused whole goes back whole, to the property of its source; other rows to the property that they name
with

reasons as (
    select
        landed,
        src_row,
        to_json(list({'position': coalesce(col, -1), 'reason': reason, 'field': field, 'header': header, 'value': value} order by coalesce(col, -1), field, reason))::varchar as reasons
    from raw.rejects
    group by landed, src_row
),

whole as (
    select file_no, count(*) as rows
    from stg.rejects
    where is_whole
    group by file_no
),

final as (
    select
        case when w.is_whole then p.property else w.property end as property,
        w.is_whole,
        w.kind,
        p.source,
        f.header,
        case when w.is_whole then w.file_no else 0 end as refused_file_no,
        p.name as file,
        f.name || ':' || w.src_line as place,
        p.digest[1:12] as digest,
        w.place_row,
        coalesce(t.rows, 0) as rows_of_file,
        w.cells,
        r.reasons,
        w.file_no,
        w.src_row
    from stg.rejects as w
    join raw.files as f on f.file_no = w.file_no
    join raw.files as p on p.file_no = w.place_file_no
    left join whole as t on t.file_no = w.file_no and w.is_whole
    left join reasons as r on r.landed = w.landed and r.src_row = w.src_row
    order by property, w.is_whole, w.kind, p.source, f.header, refused_file_no, w.file_no, w.src_row
)

select * from final
