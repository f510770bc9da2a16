-- What:  Yesterday's inventory of complaints and repairs by owner: opening, registered, completed, closing.
-- Grain: one row per property, kind and owner with a ticket in it
-- Key:   property, kind, owner
-- Spec:  §9
with

moments as (
    select (getvariable('as_of') - 1)::timestamp as yesterday, getvariable('as_of')::timestamp as today
),

counted as (
    select
        s.property,
        s.kind,
        s.owner,
        count(*) filter (where s.registered_at < m.yesterday and (s.completed_at is null or s.completed_at >= m.yesterday))::bigint as opening,
        count(*) filter (where s.registered_at >= m.yesterday)::bigint as registered,
        count(*) filter (where s.completed_at >= m.yesterday)::bigint as completed,
        count(*) filter (where s.completed_at is null)::bigint as closing
    from int.open_spans as s
    cross join moments as m
    where s.completed_at is null or s.completed_at >= m.yesterday
    group by s.property, s.kind, s.owner
),

final as (
    select c.property, c.kind, c.owner, c.opening, c.registered, c.completed, c.closing, c.opening - p.closing as corrections
    from counted as c
    left join ref.published_closings as p using (property, kind, owner)
    order by c.property, c.kind, c.closing desc, c.owner
)

select * from final
