-- The members of a stock: complaints and repairs open at the end of the period, or at D, and where each stands in the exports.
-- Arguments: property, zone, category (* for all), period, the moment at which the run ends.
with

moment as (
    select least(period_end, $5::date)::timestamp as moment from mart.periods where period = $4
)

select
    s.property,
    s.ticket_id as id,
    s.zone,
    s.category,
    s.owner as technician,
    s.registered_at::date as counted_on,
    case
        when s.deadline is null then 'open, without a limit'
        when (s.is_due and s.deadline <= m.moment) or (not s.is_due and s.deadline < m.moment) then 'overdue'
        else 'open'
    end as verdict,
    f.name as file,
    o.src_line as line
from int.open_spans as s
cross join moment as m
left join int.origins as o on o.entity = 'ticket' and o.property = s.property and o.id = s.ticket_id
left join raw.files as f using (file_no)
where s.registered_at < m.moment and (s.completed_at is null or s.completed_at >= m.moment)
    and ($1 = '*' or s.property = $1) and ($2 = '*' or s.zone = $2) and ($3 = '*' or s.category = $3)
order by verdict <> 'overdue', verdict, counted_on, s.property, id
