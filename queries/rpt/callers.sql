-- What:  Callbacks of a period by the person who called: how many, how many reached, how many top scores, how many in too quick a row.
-- Grain: one row per property, period and caller
-- Key:   property, period, caller
-- Spec:  §4; hasty: less than a minute after the same person's call before, where both have a time of day
with

calls as (
    select
        property,
        coalesce(caller, 'unknown') as caller,
        called_at,
        called_at_day,
        callback_id,
        is_reached,
        score,
        case when caller is not null and not called_at_day then
            called_at - lag(called_at) over (partition by property, caller, called_at_day order by called_at, callback_id) < interval 1 minute
        end as is_hasty
    from int.callback_attempts
),

summed as (
    select
        c.property,
        p.period,
        c.caller,
        count(*)::bigint as calls,
        count(*) filter (where c.is_reached)::bigint as reached,
        count(*) filter (where c.is_reached) / count(*) as reached_share,
        count(c.score)::bigint as scored,
        count(*) filter (where c.score = 5) / nullif(count(c.score), 0) as top_share,
        count(*) filter (where c.is_hasty)::bigint as hasty
    from calls as c
    join mart.periods as p on c.called_at >= p.period_start and c.called_at < p.period_end
    where p.period_kind not in ('day', 'week')
    group by c.property, p.period, c.caller
),

final as (
    select s.*
    from summed as s
    join mart.periods as p using (period)
    order by s.property, p.period_kind, p.period_start, s.calls desc, s.caller
)

select * from final
