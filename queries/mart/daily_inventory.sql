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

published as (
    select property, kind, owner, closing
    from ref.published_closings
    where published_on = getvariable('as_of') - 1
),

-- An owner whose tickets were all taken away since the last night has nothing but a correction.
final as (
    select
        coalesce(c.property, p.property) as property,
        coalesce(c.kind, p.kind) as kind,
        coalesce(c.owner, p.owner) as owner,
        coalesce(c.opening, 0) as opening,
        coalesce(c.registered, 0) as registered,
        coalesce(c.completed, 0) as completed,
        coalesce(c.closing, 0) as closing,
        case when exists (from published) then coalesce(c.opening, 0) - coalesce(p.closing, 0) end as corrections
    from counted as c
    full join (select * from published where closing <> 0) as p on p.property = c.property and p.kind = c.kind and p.owner = c.owner
    order by property, kind, closing desc, owner
)

select * from final
