-- How many stamps of a column are dates alone, and how many have a time of day.
select
    count(*) filter (where {day}) as days,
    count(*) filter (where not {day}) as times
from read_parquet({path})
where {stamp} is not null
