-- What:  Repairs that are a return, each pinned on the one job that came back.
-- Grain: one row per returned ticket
-- Key:   property, returned_ticket_id
-- Spec:  §2: a decision, else a link, else the latest job at the same place
with

returns as (
    select property, ticket_id, category, subcategory_key, priority, place_key, registered_at, registered_at_day, rework_of, merged_into, is_merged
    from int.tickets
    where kind = 'repair' and not is_void
),

decided as (
    select k.property, d.ticket_id, d.returned_ticket_id, d.counts
    from ref.rework_decisions as d
    join stg.property_keys as k using (property_key)
    qualify row_number() over (partition by k.property, d.returned_ticket_id order by d.decided_on desc nulls last, d.row_no desc) = 1
),

confirmed as (
    select r.property, r.ticket_id as returned_ticket_id, j.ticket_id, r.registered_at, 'decision' as linked_by
    from decided as d
    join returns as r on r.property = d.property and r.ticket_id = d.returned_ticket_id
    join int.rework_jobs as j on j.property = d.property and j.ticket_id = d.ticket_id and j.ticket_id <> r.ticket_id
    where d.counts
        and case when r.registered_at_day or j.completed_at_day then r.registered_at::date > j.completed_at::date else r.registered_at >= j.completed_at end
),

-- A decision ends the matter, unless it says yes to a job that the ticket can't have come back from.
undecided as (
    select r.*
    from returns as r
    anti join (
        select property, returned_ticket_id as ticket_id from decided where not counts
        union all
        select property, returned_ticket_id from confirmed
    ) as d using (property, ticket_id)
),

named as (
    select property, ticket_id, registered_at, registered_at_day, unnest([rework_of, merged_into]) as job_id, unnest([1, 2]) as rank
    from undecided
),

linked as (
    select n.property, n.ticket_id as returned_ticket_id, j.ticket_id, n.registered_at, 'link' as linked_by
    from named as n
    join int.rework_jobs as j on j.property = n.property and j.ticket_id = n.job_id and j.ticket_id <> n.ticket_id
    where in_window(n.registered_at, n.registered_at_day, j.completed_at, j.completed_at_day, j.window_days)
    qualify row_number() over (partition by n.property, n.ticket_id order by n.rank) = 1
),

-- Stretches of time are as long as the longest window: a job that a ticket came back from ended in the ticket's own stretch or the one
-- before. Without them, each ticket would be held against all that was ever done at its place.
stretches as (
    select max(window_days) + 1 as days from int.rework_jobs
),

jobs as (
    select j.*, (j.completed_at::date - date '1970-01-01') // s.days as stretch
    from int.rework_jobs as j
    cross join stretches as s
),

placed as (
    select u.*, unnest([0, 1]) as back, (u.registered_at::date - date '1970-01-01') // s.days - back as stretch
    from undecided as u
    cross join stretches as s
),

at_place as (
    select u.property, u.ticket_id as returned_ticket_id, j.ticket_id, u.registered_at, 'place' as linked_by
    from placed as u
    join jobs as j on j.property = u.property and j.place_key = u.place_key and j.category = u.category and j.stretch = u.stretch and j.ticket_id <> u.ticket_id
    anti join linked as l on l.property = u.property and l.returned_ticket_id = u.ticket_id
    where not u.is_merged
        and coalesce(u.priority <> 'planned', true)
        and u.category <> 'unclassified'
        and case
            when j.scope = 'household' then coalesce(u.subcategory_key = j.subcategory_key, true)
            else coalesce(u.subcategory_key = j.subcategory_key, false)
        end
        and in_window(u.registered_at, u.registered_at_day, j.completed_at, j.completed_at_day, j.window_days)
    qualify row_number() over (partition by u.property, u.ticket_id order by j.completed_at desc, j.ticket_id desc) = 1
),

final as (
    select * from confirmed
    union all
    select * from linked
    union all
    select * from at_place
)

select * from final
