-- What:  Good rows whose content an earlier row had already brought.
-- Grain: one row per file and kind with such rows
-- Key:   file_no, kind
-- Spec:  what happens to a row
with

brought as (
    select file_no, kind, count(*) as rows
    from stg.sightings
    group by file_no, kind
),

firsts as (
    select kind, min(file_no) as file_no
    from stg.sightings
    group by kind, property, id, content
),

fresh as (
    select file_no, kind, count(*) as rows
    from firsts
    group by file_no, kind
),

final as (
    select b.file_no, b.kind, b.rows - coalesce(f.rows, 0) as rows
    from brought as b
    left join fresh as f using (file_no, kind)
    where b.rows > coalesce(f.rows, 0)
)

select * from final
