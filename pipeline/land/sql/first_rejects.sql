-- The first reasons for which rows would be returned.
select src_line, coalesce(header, field) as header, coalesce(value, '') as value, reason
from read_parquet({path})
order by src_row, col, field, reason
limit {rows}
