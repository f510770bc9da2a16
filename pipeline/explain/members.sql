-- The members of one figure that a cohort feeds, and where each stands in the exports. {cohort} is the cohort's relation.
-- Arguments: property, zone, category (* for all), period.
with

period as (
    select period_start, period_end from mart.periods where period = $4
),

members as (
    select c.*
    from {cohort} as c
    join period as p on c.counted_on >= p.period_start and c.counted_on < p.period_end
    where ($1 = '*' or c.property = $1) and ($2 = '*' or c.zone = $2) and ($3 = '*' or c.category = $3)
)

select
    m.property,
    m.id,
    m.zone,
    m.category,
    coalesce(m.technician, '') as technician,
    m.counted_on,
    case
        when e.aggregate = 'count' then 'counted'
        when e.aggregate = 'share' and m.hits is not null then m.hits || ' of ' || coalesce(m.weight, 1)
        when e.aggregate = 'share' and m.hit then 'hit'
        when e.aggregate = 'share' and not m.hit then 'missed'
        when e.aggregate = 'share' or m.value is null then 'not measurable'
        when e.aggregate = 'ratio' then m.value || ' / ' || m.weight
        else m.value::varchar
    end as verdict,
    f.name as file,
    o.src_line as line
from members as m
join mart.metrics as e on e.metric = $5
left join int.origins as o on o.entity = $6 and o.property = m.property and o.id = m.id
left join raw.files as f using (file_no)
-- First those that somebody will ask about: what came back, or what was missed.
order by verdict <> case when e.direction = 'lower' then 'hit' else 'missed' end, verdict, m.counted_on, m.property, m.id
