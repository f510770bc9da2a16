-- What:  Complaints and repairs open at the end of each period, or at D, and how many of them are past their deadline.
-- Grain: one row per cell and period with an open ticket
-- Key:   property, zone, category, period
-- Figures: open_tickets = count, lower is better
--          overdue = share, lower is better
-- Spec:  §1 open_tickets, overdue
with

-- All moments are midnights, so what counts of an event is its date: it has happened at every later midnight.
spans as (
    select
        property,
        zone,
        category,
        registered_at::date as from_on,
        case when completed_at is not null then greatest(completed_at, registered_at)::date end as until_on,
        deadline is not null as has_deadline,
        provisional,
        case when deadline is not null then greatest(case when is_due then deadline - interval 1 microsecond else deadline end, registered_at)::date end as overdue_on
    from int.open_spans
),

changes as (
    select property, zone, category, from_on as changed_on, 1 as opened, has_deadline::int as with_deadline, provisional::int as provisional, 0 as overdue
    from spans
    union all
    select property, zone, category, until_on, -1, -has_deadline::int, -provisional::int, 0
    from spans
    where until_on is not null
    union all
    select property, zone, category, overdue_on, 0, 0, 0, 1
    from spans
    where overdue_on is not null
    union all
    select property, zone, category, greatest(until_on, overdue_on), 0, 0, 0, -1
    from spans
    where until_on is not null and overdue_on is not null
),

daily as (
    select property, zone, category, changed_on, sum(opened) as opened, sum(with_deadline) as with_deadline, sum(provisional) as provisional, sum(overdue) as overdue
    from changes
    group by property, zone, category, changed_on
),

running as (
    select
        property,
        zone,
        category,
        changed_on,
        sum(opened) over since as open_tickets,
        sum(with_deadline) over since as with_deadline,
        sum(provisional) over since as provisional,
        sum(overdue) over since as overdue
    from daily
    window since as (partition by property, zone, category order by changed_on rows unbounded preceding)
),

cells as (
    select distinct property, zone, category from daily
),

moments as (
    select c.property, c.zone, c.category, p.period, p.period_kind, least(p.period_end, getvariable('as_of')) as moment_on
    from cells as c
    cross join mart.periods as p
),

standing as (
    select m.period, m.period_kind, m.property, m.zone, m.category, r.open_tickets, r.with_deadline, r.provisional, r.overdue
    from moments as m
    asof join running as r on r.property = m.property and r.zone = m.zone and r.category = m.category and m.moment_on > r.changed_on
    where r.open_tickets > 0
),

final as (
    select
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        case when grouping(category) = 1 then '*' else category end as category,
        period,
        period_kind,
        sum(open_tickets)::bigint as open_tickets,
        sum(with_deadline)::bigint as with_deadline,
        sum(overdue)::bigint as overdue,
        sum(provisional) > 0 as provisional
    from standing
    group by period, period_kind, grouping sets ((), (category), (property), (property, category), (property, zone), (property, zone, category))
    having period_kind not in ('day', 'week') or grouping(category) = 1
    order by property, zone, category, period
)

select * from final
