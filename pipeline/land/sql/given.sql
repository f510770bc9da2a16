-- What each field's cell says, as text.
create view given as
select
    *,
    {fields}
from cells
