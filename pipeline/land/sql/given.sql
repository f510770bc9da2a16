-- What each field's cell says, as text.
create table given as
select
    *,
    {fields}
from cells
