-- The first good rows, as text.
select columns(*)::varchar
from (
    select * exclude (content, landed, src_row)
    from read_parquet({path})
    order by src_row
    limit {rows}
)
