-- What:  What the repairs of each technician add up to; * for all repairs of the property.
-- Grain: one row per property, technician and period with a repair completed, due, or judged in it
-- Key:   property, technician, period
-- Spec:  §10: each of several technicians gets the job, the workload is split evenly
with

shared as (
    select a.property, t.technician, a.indicator, a.counted_on, a.hit, (a.standard_hours / t.technicians)::decimal(28, 12) as workload
    from int.appraised_jobs as a
    join int.job_technicians as t using (property, ticket_id)
    union all
    select property, '*', indicator, counted_on, hit, standard_hours::decimal(28, 12)
    from int.appraised_jobs
),

monthly as (
    select property, technician, indicator, month_of(counted_on) as month_start,
        count(*) as members, count(hit) as measured, count(*) filter (where hit) as hits, sum(workload) as workload
    from shared
    group by all
),

final as (
    select
        m.property,
        m.technician,
        p.period,
        coalesce(sum(m.members) filter (where m.indicator = 'completed'), 0)::bigint as completed,
        coalesce(sum(m.workload), 0)::double as workload,
        coalesce(sum(m.hits) filter (where m.indicator = 'on_time'), 0)::bigint as on_time_x,
        coalesce(sum(m.measured) filter (where m.indicator = 'on_time'), 0)::bigint as on_time_n,
        coalesce(sum(m.members - m.measured) filter (where m.indicator = 'on_time'), 0)::bigint as on_time_not_measurable,
        coalesce(sum(m.hits) filter (where m.indicator = 'rework'), 0)::bigint as rework_x,
        coalesce(sum(m.measured) filter (where m.indicator = 'rework'), 0)::bigint as rework_n,
        coalesce(sum(m.hits) filter (where m.indicator = 'satisfied'), 0)::bigint as satisfied_x,
        coalesce(sum(m.measured) filter (where m.indicator = 'satisfied'), 0)::bigint as satisfied_n,
        coalesce(sum(m.hits) filter (where m.indicator = 'fee_unreasonable'), 0)::bigint as fee_complaints
    from monthly as m
    join mart.periods as p on m.month_start >= p.period_start and m.month_start < p.period_end
    where p.period_kind not in ('day', 'week')
    group by m.property, m.technician, p.period
    having bool_or(m.indicator <> 'fee_unreasonable')
    order by property, technician, period
)

select * from final
