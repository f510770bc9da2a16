-- Those of some rows that are among the good ones.
select src_row
from read_parquet({path})
where src_row in ({rows})
