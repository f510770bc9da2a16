-- The rows with typed values, and whether each can be used.
create table judged as
select
    g.n,
    g.place,
    {values},
    {extra} as extra,
    {content} as content,
    {bad} as bad
from given as g
{joins}
