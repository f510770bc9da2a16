-- What:  Problems that callbacks of a period found, by the person responsible, most problems first, all together last.
-- Grain: one row per property (and company), zone (* for all), period and owner (* for all) with a callback
-- Key:   property, zone, period, owner
-- Spec:  §4; a callback counts once in calls and in found, however many problems it names
with

calls as (
    select a.property, a.zone, p.period, a.owner, a.callback_id, a.is_reached
    from int.callback_attempts as a
    join mart.periods as p on a.called_at >= p.period_start and a.called_at < p.period_end
    where p.period_kind not in ('day', 'week')
),

problems as (
    select
        property,
        callback_id,
        bool_or(problem = 'not_resolved') as not_resolved,
        bool_or(problem = 'dissatisfied') as dissatisfied,
        bool_or(problem = 'fee') as fee,
        bool_or(problem = 'issue') as issue
    from mart.callback_problems
    group by property, callback_id
),

summed as (
    select
        case when grouping(c.property) = 1 then '*' else c.property end as property,
        case when grouping(c.zone) = 1 then '*' else c.zone end as zone,
        c.period,
        case when grouping(c.owner) = 1 then '*' else c.owner end as owner,
        count(*)::bigint as calls,
        count(*) filter (where c.is_reached)::bigint as reached,
        count(p.callback_id)::bigint as found,
        count(*) filter (where p.not_resolved)::bigint as not_resolved,
        count(*) filter (where p.dissatisfied)::bigint as dissatisfied,
        count(*) filter (where p.fee)::bigint as fee,
        count(*) filter (where p.issue)::bigint as issue
    from calls as c
    left join problems as p using (property, callback_id)
    group by c.period, grouping sets ((), (c.owner), (c.property), (c.property, c.owner), (c.property, c.zone), (c.property, c.zone, c.owner))
),

final as (
    select s.*, null::varchar as signature
    from summed as s
    join mart.periods as p using (period)
    order by s.property, s.zone, p.period_kind, p.period_start, s.owner = '*', s.found desc, s.calls desc, s.owner
)

select * from final
