-- What:  Why rows could not be loaded: each reason of each row that waits to be mended, with its place in the export.
-- Grain: one row per row of a file, reason and field
-- Key:   file_no, src_row, reason, field, position
-- Spec:  R11. position is that of the column in the export, from 0; -1 where no column is at fault
with

final as (
    select
        w.property,
        f.source,
        w.kind,
        f.name as file,
        f.file_date,
        w.src_line as line,
        r.header as "column",
        r.value,
        r.reason,
        r.field,
        coalesce(r.col, -1) as position,
        w.is_whole,
        w.id,
        w.file_no,
        w.src_row
    from stg.rejects as w
    join raw.files as f using (file_no)
    join raw.rejects as r on r.landed = w.landed and r.src_row = w.src_row
    order by w.property, w.file_no, w.src_row, position, r.field, r.reason
)

select * from final
