-- What:  Whether the first and the last technician are really apart, in one sentence.
-- Grain: one row per property and period with a technician
-- Key:   property, period
-- Spec:  §10, §7 how sure the rank is
with

ends as (
    select
        property,
        period,
        count(*)::bigint as technicians,
        count(rank)::bigint as ranked,
        min_by(technician, (rank, technician)) filter (where rank is not null) as first_technician,
        min_by(score, (rank, technician)) filter (where rank is not null) as score,
        min_by(rank_high, (rank, technician)) filter (where rank is not null) as first_at_worst,
        max_by(technician, (rank, technician)) filter (where rank is not null) as last_technician,
        max_by(score, (rank, technician)) filter (where rank is not null) as last_score,
        max_by(rank_low, (rank, technician)) filter (where rank is not null) as last_at_best
    from mart.technician_appraisal
    group by property, period
),

final as (
    select
        e.property,
        e.period,
        case when e.ranked = 0 then 'none' when e.ranked = 1 then 'one' when e.last_at_best > e.first_at_worst then 'apart' else 'alike' end as finding,
        e.technicians,
        e.ranked,
        e.first_technician,
        e.score,
        e.last_technician,
        e.last_score
    from ends as e
    join mart.periods as p using (period)
    order by e.property, p.period_kind, p.period_start
)

select * from final
