-- What: Rows of causes or categories that would point at few households: a count of 1 to k-1, or a word that no list knows.
-- Stop: yes
with

known as (
    select kind as dimension, code from mart.names where kind in ('root_cause', 'category')
    union
    select unnest(['root_cause', 'root_cause', 'category', 'category']), unnest(['unidentified', 'other', 'unclassified', 'other'])
)

select c.*
from public.merged_counts as c
left join known as k using (dimension, code)
where is_small(c.amount) or is_small(c.amount_before) or k.code is null
