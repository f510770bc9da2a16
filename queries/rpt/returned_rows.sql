-- What:  The rows that go back to the clerk, in the order of the workbooks that hold them (R11).
-- Grain: one row per row that waits to be mended
-- Key:   file_no, src_row
-- Spec:  R11. workbook counts the workbooks of a property: one for each kind, source and layout, and one for each file refused whole
with

numbered as (
    select *, dense_rank() over (partition by property, is_whole, kind order by source, header, refused_file_no) as workbook
    from mart.returned_rows
),

final as (
    select *
    from numbered
    order by property, is_whole, kind, workbook, file_no, src_row
)

select * from final
