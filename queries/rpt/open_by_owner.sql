-- What:  Open complaints and repairs by the person responsible, those with most overdue ones first.
-- Grain: one row per property (and company), zone (* for all) and owner (* for all)
-- Key:   property, zone, owner
with

summed as (
    select
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        case when grouping(owner) = 1 then '*' else owner end as owner,
        count(*)::bigint as tickets,
        count(*) filter (where kind = 'complaint')::bigint as complaints,
        count(overdue_hours)::bigint as overdue,
        count(overdue_hours) filter (where delay_reason is null)::bigint as unexplained,
        max(age_days) as oldest_days
    from mart.open_tickets
    group by grouping sets ((), (owner), (property), (property, owner), (property, zone), (property, zone, owner))
),

final as (
    select *
    from summed
    order by property, zone, owner = '*', overdue desc, tickets desc, owner
)

select * from final
