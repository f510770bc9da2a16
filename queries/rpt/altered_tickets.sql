-- What:  Tickets that an export of the period made look better than those before, by owner.
-- Grain: one row per ticket, kind of change and period
-- Key:   property, ticket_id, what, period
-- Spec:  §14 altered_tickets
with

final as (
    select
        a.property,
        t.zone,
        p.period,
        a.owner,
        a.ticket_id,
        a.what,
        case when a.what = 'category changed' then 'category' else 'value' end as value_kind,
        a.was,
        a.now,
        case when a.what = 'category changed' then a.was end as was_category,
        case when a.what = 'category changed' then a.now end as now_category,
        a.seen_in,
        a.seen_on
    from mart.altered_tickets as a
    join int.tickets as t using (property, ticket_id)
    join mart.periods as p on a.seen_on >= p.period_start and a.seen_on < p.period_end
    where p.period_kind not in ('day', 'week')
    order by a.property, p.period_kind, p.period_start, a.owner, a.ticket_id, a.what
)

select * from final
