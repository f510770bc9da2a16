-- What:  Stages of the closed loop that were skipped, by the person responsible for the ticket.
-- Grain: one row per property (and company), zone (* for all), period and owner (* for all) with a gap
-- Key:   property, zone, period, owner
with

summed as (
    select
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        period,
        case when grouping(owner) = 1 then '*' else owner end as owner,
        count(*)::bigint as gaps,
        count(*) filter (where missing_stage = 'handled')::bigint as handled,
        count(*) filter (where missing_stage = 'followed_up')::bigint as followed_up,
        count(*) filter (where missing_stage = 'closed')::bigint as closed
    from rpt.loop_gaps
    group by period, grouping sets ((), (owner), (property), (property, owner), (property, zone), (property, zone, owner))
),

final as (
    select s.*
    from summed as s
    join mart.periods as p using (period)
    order by s.property, s.zone, p.period_kind, p.period_start, s.owner = '*', s.gaps desc, s.owner
)

select * from final
