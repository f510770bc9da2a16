-- What:  Inspections by touchpoint, the best first.
-- Grain: one row per property, period, domain and touchpoint
-- Key:   property, period, domain, touchpoint
-- Spec:  §6, §14: position only among those with three scored inspections
with

inspected as (
    select property, domain, coalesce(touchpoint_key, '') as touchpoint_key, touchpoint, dated_at, score, max_score, score is not null and coalesce(max_score > 0, false) as is_scored, is_finding
    from int.inspections
    where dated_at < getvariable('as_of')
),

spelled as (
    select property, domain, touchpoint_key, coalesce(min(touchpoint), 'unknown') as touchpoint
    from inspected
    group by property, domain, touchpoint_key
),

counted as (
    select
        i.property,
        p.period,
        i.domain,
        i.touchpoint_key,
        count(*)::bigint as inspections,
        100 * (sum(i.score) filter (where i.is_scored))::double / (sum(i.max_score) filter (where i.is_scored))::double as score,
        count(*) filter (where i.is_finding)::bigint as findings,
        count(*) filter (where i.is_scored) as scored
    from inspected as i
    join mart.periods as p on i.dated_at >= p.period_start and i.dated_at < p.period_end
    where p.period_kind not in ('day', 'week')
    group by i.property, p.period, i.domain, i.touchpoint_key
),

final as (
    select
        c.property,
        c.period,
        c.domain,
        s.touchpoint,
        c.inspections,
        c.score,
        c.findings,
        case
            when c.scored >= 3 then row_number() over (partition by c.property, c.period, c.scored >= 3 order by c.score desc, s.touchpoint, c.domain)
        end as position
    from counted as c
    join spelled as s using (property, domain, touchpoint_key)
    join mart.periods as p using (period)
    order by c.property, p.period_kind, p.period_start, position nulls last, c.domain, s.touchpoint
)

select * from final
