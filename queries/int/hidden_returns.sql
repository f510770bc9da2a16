-- What:  Repairs that would be returns of a completed job, if that job's outcome didn't say that there was nothing to come back from.
-- Grain: one row per such repair
-- Key:   property, returned_ticket_id
-- Spec:  §14 altered_tickets, by the rules of §2; one that is pinned on a job before the hidden one is no return of the latter
with

jobs as (
    select t.*, coalesce(r.rework_window_days, getvariable('rework_window_days')) as window_days
    from int.tickets as t
    left join int.category_rules as r
        on r.category = t.category and t.completed_at::date >= r.valid_from and t.completed_at::date < r.valid_before
    where t.is_counted and t.kind = 'repair' and t.completed_at is not null and t.outcome in ('no access', 'cancelled', 'follow-on')
),

decided as (
    select k.property, d.ticket_id, d.returned_ticket_id as returned_id, d.counts
    from ref.rework_decisions as d
    join stg.property_keys as k using (property_key)
    qualify row_number() over (partition by k.property, d.returned_ticket_id order by d.decided_on desc nulls last, d.row_no desc) = 1
),

pinned as (
    select p.property, p.returned_ticket_id as returned_id, p.linked_by, j.completed_at, j.ticket_id
    from int.rework_pins as p
    join int.rework_jobs as j using (property, ticket_id)
),

returns as (
    select
        t.*,
        d.ticket_id as decided_id,
        coalesce(d.counts, false) as is_confirmed,
        p.linked_by,
        p.completed_at as pinned_completed_at,
        p.ticket_id as pinned_id
    from int.tickets as t
    left join decided as d on d.property = t.property and d.returned_id = t.ticket_id
    left join pinned as p on p.property = t.property and p.returned_id = t.ticket_id
    where t.kind = 'repair' and not t.is_void and coalesce(d.counts, true) and coalesce(p.linked_by <> 'decision', true)
),

confirmed as (
    select r.property, r.ticket_id as returned_ticket_id, j.ticket_id, r.registered_at, 1 as rank, j.completed_at
    from returns as r
    join jobs as j on j.property = r.property and j.ticket_id = r.decided_id and j.ticket_id <> r.ticket_id
    where r.is_confirmed
        and case when r.registered_at_day or j.completed_at_day then r.registered_at::date > j.completed_at::date else r.registered_at >= j.completed_at end
),

-- A union, not an "or": the engine would try every job of the property.
named as (
    select *, rework_of as linked_id, 2 as rank
    from returns
    where rework_of is not null
    union all
    select *, merged_into, 3
    from returns
    where merged_into is not null and coalesce(linked_by <> 'link', true)
),

linked as (
    select r.property, r.ticket_id as returned_ticket_id, j.ticket_id, r.registered_at, r.rank, j.completed_at
    from named as r
    join jobs as j on j.property = r.property and j.ticket_id = r.linked_id and j.ticket_id <> r.ticket_id
    where in_window(r.registered_at, r.registered_at_day, j.completed_at, j.completed_at_day, j.window_days)
),

at_place as (
    select r.property, r.ticket_id as returned_ticket_id, j.ticket_id, r.registered_at, 4 as rank, j.completed_at
    from returns as r
    join jobs as j on j.property = r.property and j.place_key = r.place_key and j.category = r.category and j.ticket_id <> r.ticket_id
    where not r.is_merged
        and coalesce(r.priority <> 'planned', true)
        and r.category <> 'unclassified'
        and coalesce(r.subcategory_key = j.subcategory_key, j.scope = 'household')
        and in_window(r.registered_at, r.registered_at_day, j.completed_at, j.completed_at_day, j.window_days)
        and (r.linked_by is null or (r.linked_by = 'place' and (j.completed_at, j.ticket_id) > (r.pinned_completed_at, r.pinned_id)))
),

together as (
    select * from confirmed
    union all
    select * from linked
    union all
    select * from at_place
),

final as (
    select property, returned_ticket_id, ticket_id, registered_at
    from together
    qualify row_number() over (partition by property, returned_ticket_id order by rank, completed_at desc, ticket_id desc) = 1
)

select * from final
