-- What:  Complaints by root cause, the most frequent first, those unidentified last.
-- Grain: one row per cell, period and root cause
-- Key:   property, zone, period, root_cause
-- Spec:  §1 root causes
with

complaints as (
    select
        t.property,
        t.zone,
        t.registered_at::date as registered_on,
        c.root_cause,
        c.inferred,
        t.completed_at is null and not t.is_closed_without_date as still_open,
        hours_between(t.registered_at, t.registered_at_day, t.closed_at, t.closed_at_day) as hours_to_close
    from int.tickets as t
    join int.root_causes as c using (property, ticket_id)
    where t.is_counted and t.kind = 'complaint'
),

counted as (
    select
        case when grouping(c.property) = 1 then '*' else c.property end as property,
        case when grouping(c.zone) = 1 then '*' else c.zone end as zone,
        p.period,
        c.root_cause,
        count(*)::bigint as complaints,
        count(*) filter (where c.inferred)::bigint as inferred,
        count(*) filter (where c.still_open)::bigint as still_open,
        quantile_cont(c.hours_to_close, 0.5) as median_hours_to_close,
        c.root_cause = 'unidentified' as is_unidentified
    from complaints as c
    join mart.periods as p on c.registered_on >= p.period_start and c.registered_on < p.period_end
    where p.period_kind not in ('day', 'week')
    group by p.period, c.root_cause, grouping sets ((), (c.property), (c.property, c.zone))
),

placed as (
    select
        *,
        row_number() over (partition by property, zone, period order by is_unidentified, complaints desc, root_cause) as position,
        (sum(complaints) over (partition by property, zone, period))::bigint as total,
        (sum(complaints) over (partition by property, zone, period order by is_unidentified, complaints desc, root_cause))::bigint as running
    from counted
),

final as (
    select
        property,
        zone,
        period,
        root_cause,
        complaints,
        complaints / total as share,
        running / total as cumulative_share,
        position,
        inferred,
        still_open,
        median_hours_to_close
    from placed
    order by property, zone, period, position
)

select * from final
