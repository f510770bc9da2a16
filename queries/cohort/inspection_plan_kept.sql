-- What:    What the inspection plan asks of each touchpoint in each day, week, month or quarter, and how much of it was done.
-- Grain:   one row per row of the plan and sub-period whose last day is past
-- Key:     property, id
-- Of:      plan
-- Figures: inspection_plan_kept = share, higher is better
-- Spec:    §1; weight is the number of inspections asked for
with

asked as (
    select p.property, p.domain, p.touchpoint, p.touchpoint_key, p.per, p.times, s.first_day, s.last_day
    from int.plan_rows as p
    join int.sub_periods as s on s.per = p.per and s.last_day >= p.valid_from and s.last_day < p.valid_before
),

paces as (
    select distinct property, domain, touchpoint_key, per from int.plan_rows
),

done as (
    select p.property, p.domain, p.touchpoint_key, p.per, first_day(p.per, i.inspected_at) as first_day, count(*) as inspections
    from int.inspections as i
    join paces as p on p.property = i.property and p.domain = i.domain and p.touchpoint_key = coalesce(i.touchpoint_key, '')
    where i.inspected_at is not null
    group by all
),

final as (
    select
        a.property,
        concat_ws('@', a.domain, a.touchpoint, a.per, a.last_day) as id,
        'unassigned' as zone,
        a.domain as category,
        a.last_day as counted_on,
        least(coalesce(d.inspections, 0), a.times)::double as hits,
        a.times::double as weight
    from asked as a
    left join done as d using (property, domain, touchpoint_key, per, first_day)
)

select * from final
