-- The members of one figure that a cohort feeds, and where each stands in the exports. {cohort} is the cohort's relation.
-- Arguments: property, zone, category (* for all), period, metric, entity of the members.
with

period as (
    select period_start, period_end from mart.periods where period = $4
),

members as (
    select c.*
    from {cohort} as c
    join period as p on c.counted_on >= p.period_start and c.counted_on < p.period_end
    where ($1 = '*' or c.property = $1) and ($2 = '*' or c.zone = $2) and ($3 = '*' or c.category = $3)
),

-- A rate per household leaves out the properties that nobody knows the households of.
with_households as (
    select property from mart.household_months where zone = '*' and period = $4
)

select
    m.property,
    m.id,
    m.zone,
    m.category,
    coalesce(m.technician, '') as technician,
    m.counted_on,
    case
        when e.aggregate in ('count', 'per_100') then 'counted'
        when e.aggregate = 'share' and m.hits is not null then m.hits || ' of ' || coalesce(m.weight, 1)
        when e.aggregate = 'share' and m.hit then 'hit'
        when e.aggregate = 'share' and not m.hit then 'missed'
        when e.aggregate = 'share' or m.value is null then 'not measurable'
        when e.aggregate = 'ratio' then printf('%.1f', m.value / m.weight)
        else printf('%.2f', m.value::double)
    end as verdict,
    -- A sheet of the plan has no line for each day that it asks for.
    coalesce(f.name, case when $6 = 'plan' then 'reference/inspection_plan' end) as file,
    o.src_line as line,
    case e.aggregate when 'count' then 1 when 'per_100' then 1 when 'share' then coalesce(m.hits, m.hit::int) else m.value end::decimal(28, 8) as x,
    case when e.aggregate in ('share', 'ratio') then coalesce(m.weight, 1) else 1 end::decimal(28, 8) as n
from members as m
join mart.metrics as e on e.metric = $5
left join int.origins as o on o.entity = $6 and o.property = m.property and o.id = m.id
left join raw.files as f using (file_no)
where e.aggregate <> 'per_100' or m.property in (from with_households)
-- First those that somebody will ask about: what came back, what was missed, what took longest.
order by
    case when e.aggregate in ('median', 'p90') then -m.value end nulls last,
    verdict <> case when e.direction = 'lower' then 'hit' else 'missed' end,
    verdict,
    m.counted_on,
    m.property,
    m.id
