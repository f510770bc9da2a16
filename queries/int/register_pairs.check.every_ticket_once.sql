-- What: Tickets that were paired with more than one entry of the register, or that another entry names.
-- Stop: yes
select p.property, p.ticket_id, count(*) as entries
from int.register_pairs as p
group by p.property, p.ticket_id
having count(*) > 1
union all
select p.property, p.ticket_id, count(*)
from int.register_pairs as p
join int.register_by_id as i using (property, ticket_id)
group by p.property, p.ticket_id
