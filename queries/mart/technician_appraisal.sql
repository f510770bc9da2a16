-- What:  Technicians in the order of their score, with how sure the rank is.
-- Grain: one row per technician and period
-- Key:   property, technician, period
-- Spec:  §10; ranked as zones are (§7)
with

scores as (
    select
        property,
        technician,
        period,
        sum((weight * points)::decimal(28, 12))::double / sum(weight) as score,
        sum(weighted_variance::decimal(38, 12))::double / power(sum(weight), 2) as variance
    from mart.technician_indicators
    group by property, technician, period
),

judged as (
    select
        c.*,
        s.score,
        s.variance,
        floor(s.score * 10 + 0.5) / 10 as rounded,
        c.completed < getvariable('min_jobs') as too_few
    from mart.technician_counts as c
    left join scores as s using (property, technician, period)
    where c.technician <> '*'
),

ranks as (
    select property, technician, period, rank() over (partition by property, period order by rounded desc) as rank
    from judged
    where not too_few and score is not null
),

apart as (
    select
        i.property,
        i.technician,
        i.period,
        count(*) filter (where j.score - i.score > 1.645 * sqrt(i.variance + j.variance)) as surely_above,
        count(*) filter (where i.score - j.score > 1.645 * sqrt(i.variance + j.variance)) as surely_below,
        count(*) as ranked
    from judged as i
    join judged as j on j.property = i.property and j.period = i.period
    where not i.too_few and not j.too_few
    group by i.property, i.technician, i.period
),

responses as (
    select
        t.property,
        t.technician,
        p.period,
        quantile_cont(hours_between(r.registered_at, r.registered_at_day, r.responded_at, r.responded_at_day), 0.5) as median_hours_to_respond
    from int.responses as r
    join int.job_technicians as t using (property, ticket_id)
    join mart.periods as p on r.responded_at >= p.period_start and r.responded_at < p.period_end
    where p.period_kind not in ('day', 'week')
    group by t.property, t.technician, p.period
),

final as (
    select
        j.property,
        j.technician,
        j.period,
        j.completed,
        j.workload,
        j.on_time_x,
        j.on_time_n,
        j.rework_x,
        j.rework_n,
        j.satisfied_x,
        j.satisfied_n,
        j.score,
        r.rank,
        1 + a.surely_above as rank_low,
        a.ranked - a.surely_below as rank_high,
        j.too_few,
        j.fee_complaints,
        m.median_hours_to_respond
    from judged as j
    left join ranks as r using (property, technician, period)
    left join apart as a using (property, technician, period)
    left join responses as m using (property, technician, period)
    join mart.periods as p using (period)
    order by j.property, p.period_kind, p.period_start, r.rank nulls last, j.technician
)

select * from final
