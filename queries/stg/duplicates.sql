-- What:  Good rows whose content an earlier row had already brought.
-- Grain: one row per file and kind with such rows
-- Key:   file_no, kind
-- Spec:  what happens to a row
with

repeated as (
    select
        s.file_no,
        s.kind,
        (s.file_no, s.src_row) > (min((s.file_no, s.src_row)) over (partition by s.kind, s.property, s.id, s.content)) as is_repeat
    from stg.sightings as s
),

final as (
    select file_no, kind, count(*) as rows
    from repeated
    where is_repeat
    group by file_no, kind
)

select * from final
