-- The members of a stock: complaints and repairs open at the end of the period, or at D, and where each stands in the exports.
-- Arguments: property, zone, category (* for all), period, metric, the date of the run.
with

moment as (
    select least(period_end, $6::date)::timestamp as moment from mart.periods where period = $4
),

standing as (
    select s.*, case when s.deadline is not null then run_out(s.deadline, s.is_due, m.moment) end as is_overdue
    from int.open_spans as s
    join moment as m on s.registered_at < m.moment and (s.completed_at is null or s.completed_at >= m.moment)
    where ($1 = '*' or s.property = $1) and ($2 = '*' or s.zone = $2) and ($3 = '*' or s.category = $3)
)

select
    s.property,
    s.ticket_id as id,
    s.zone,
    s.category,
    s.owner as technician,
    s.registered_at::date as counted_on,
    case when s.is_overdue is null then 'open, without a limit' when s.is_overdue then 'overdue' else 'open' end as verdict,
    f.name as file,
    o.src_line as line,
    case when $5 = 'overdue' then s.is_overdue::int else 1 end::decimal(28, 8) as x,
    1::decimal(28, 8) as n
from standing as s
left join int.origins as o on o.entity = 'ticket' and o.property = s.property and o.id = s.ticket_id
left join raw.files as f using (file_no)
order by verdict <> 'overdue', verdict, counted_on, s.property, id
