-- What: Owners whose opening, registered and completed tickets don't come to their closing.
-- Stop: yes
select property, kind, owner, opening, registered, completed, closing
from mart.daily_inventory
where opening + registered - completed <> closing
