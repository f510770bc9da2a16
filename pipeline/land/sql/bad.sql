-- The rows that can't be used, each with all its reasons.
create or replace temp table bad as
select
    n,
    list_filter({reasons}, lambda reason: reason is not null) as reasons
from given
where
    {bad}
