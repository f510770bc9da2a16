-- What: Rows of complaint causes that would point at few households: a count of 1 to k-1, or a cause that no list knows.
-- Stop: yes
with

known as (
    select code from mart.names where kind = 'root_cause'
    union
    select unnest(['unidentified', 'other'])
)

select *
from public.complaint_causes
where is_small(complaints) or is_small(complaints_before) or root_cause not in (select code from known)
