-- Where a change against the period before comes from: the parts of the cell, each with its members then and now and its effect on the figure. Effects of
-- one dimension add up to the change. Shares and means: (x - n × the figure before) / all n, now less before; counts and sums: x now less x before;
-- rates per household: the same, per 100 household-months of the whole cell.
-- Reads explained_now and explained_before. Arguments: aggregate, n of the figure now and before.
with

together as (
    select false as is_now, property, zone, category, technician, x, n from explained_before
    union all
    select true, property, zone, category, technician, x, n from explained_now
),

parts as (
    select
        case when grouping(property) = 0 then 'property' when grouping(zone) = 0 then 'zone' when grouping(category) = 0 then 'category' else 'technician' end as dimension,
        coalesce(property, zone, category, technician) as part,
        coalesce(sum(x) filter (where not is_now), 0) as x_before,
        coalesce(sum(n) filter (where not is_now and x is not null), 0) as n_before,
        coalesce(sum(x) filter (where is_now), 0) as x_now,
        coalesce(sum(n) filter (where is_now and x is not null), 0) as n_now
    from together
    group by grouping sets ((property), (zone), (category), (technician))
),

totals as (
    select dimension, sum(x_before)::double / nullif(sum(n_before), 0)::double as rate_before, sum(n_before)::double as all_before, sum(n_now)::double as all_now, count(*) as parts
    from parts
    group by dimension
),

effects as (
    select
        p.dimension,
        p.part,
        p.x_before::double as x_before,
        p.n_before::double as n_before,
        p.x_now::double as x_now,
        p.n_now::double as n_now,
        case
            when $1 in ('count', 'sum') then (p.x_now - p.x_before)::double
            when $1 = 'per_100' then 100 * p.x_now::double / $2 - 100 * p.x_before::double / $3
            when $1 in ('share', 'mean', 'ratio') then
                (p.x_now::double - p.n_now::double * t.rate_before) / nullif(t.all_now, 0) - (p.x_before::double - p.n_before::double * t.rate_before) / nullif(t.all_before, 0)
        end as effect
    from parts as p
    join totals as t using (dimension)
    where t.parts > 1 and p.part <> ''
)

select
    dimension,
    part,
    x_before,
    case when $1 <> 'per_100' then n_before end as n_before,
    x_now,
    case when $1 <> 'per_100' then n_now end as n_now,
    effect
from effects
where effects.n_before > 0 or effects.n_now > 0
order by list_position(['property', 'zone', 'category', 'technician'], dimension), abs(effect) desc nulls last, effects.n_now desc, part
