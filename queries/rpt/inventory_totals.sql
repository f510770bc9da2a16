-- What:  Yesterday's inventory of complaints and of repairs, with how many are overdue, and how many of these nobody explained.
-- Grain: one row per property and kind
-- Key:   property, kind
-- Spec:  §9
with

unexplained as (
    select property, kind, count(*)::bigint as unexplained
    from mart.overdue_tickets
    where delay_reason is null
    group by property, kind
),

summed as (
    select
        property,
        kind,
        sum(opening)::bigint as opening,
        sum(registered)::bigint as registered,
        sum(completed)::bigint as completed,
        sum(closing)::bigint as closing,
        sum(corrections)::bigint as corrections,
        sum(overdue)::bigint as overdue
    from rpt.daily_inventory
    group by property, kind
),

final as (
    select
        s.*,
        s.opening + s.registered - s.completed = s.closing as balance,
        coalesce(u.unexplained, 0) as unexplained,
        abs(s.closing - s.opening) as change,
        case when s.closing > s.opening then 'grew' when s.closing < s.opening then 'shrank' else 'same' end as finding
    from summed as s
    left join unexplained as u using (property, kind)
    order by s.property, s.kind
)

select * from final
