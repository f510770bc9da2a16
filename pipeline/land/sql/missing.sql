-- The rows that were read and aren't among the good ones.
select r.n
from range(1, {read} + 1) as r(n)
anti join read_parquet({path}) as g on g.src_row = r.n
