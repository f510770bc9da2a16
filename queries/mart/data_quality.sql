-- What:  What became of the rows of each export, and what is wrong with them.
-- Grain: one row per source, file and issue
-- Key:   source, file_date, digest, file, issue
-- Spec:  §14 data_quality. From void on, current records whose version is of that file are counted
with

files as (
    select
        f.*,
        coalesce(d.rows, 0) as repeated
    from raw.files as f
    left join stg.duplicates as d using (file_no, kind)
),

flows as (
    select file_no, unnest(['read', 'loaded', 'rejected', 'duplicate']) as issue, unnest([read, good - repeated, rejected, repeated]) as rows
    from files
),

known_references as (
    select
        exists (from ref.zones) as zones,
        exists (from ref.categories) as categories,
        exists (from ref.root_causes) as root_causes
),

unmapped as (
    select f.file_no, 'unmapped' as issue, u.rows
    from raw.files as f
    join raw.unmapped as u using (landed)
    union all
    select s.file_no, 'unmapped', count(*)
    from stg.tickets as s
    join int.zone_keys as k using (property, zone_key)
    cross join known_references as r
    where not k.is_known and r.zones
    group by s.file_no
    union all
    select s.file_no, 'unmapped', count(*)
    from stg.tickets as s
    join int.category_keys as k using (category_key)
    cross join known_references as r
    where not k.is_known and r.categories
    group by s.file_no
    union all
    select t.file_no, 'unmapped', count(*)
    from int.root_causes as c
    join int.tickets as t using (property, ticket_id)
    cross join known_references as r
    where c.is_unmapped and r.root_causes
    group by t.file_no
),

notes as (
    select f.file_no, n.issue, n.rows
    from raw.files as f
    join raw.notes as n using (landed)
),

orphans as (
    select c.file_no, 'orphan' as issue, count(*) as rows
    from stg.callbacks as c
    anti join stg.tickets as t using (property, ticket_id)
    group by c.file_no
    union all
    select i.file_no, 'orphan', count(*)
    from stg.inspections as i
    anti join stg.tickets as t using (property, ticket_id)
    where i.ticket_id is not null
    group by i.file_no
),

tickets as (
    select t.file_no, unnest(['void', 'merged', 'without_limit', 'completion_from_close', 'closed_without_date', 'provisional_calendar']) as issue,
        unnest([
            t.is_void,
            t.is_merged,
            t.is_counted and t.kind in ('complaint', 'repair') and l.ticket_id is null,
            t.is_completed_from_close,
            t.is_closed_without_date,
            coalesce(d.provisional or d.response_provisional or o.provisional, false)
        ]) as applies
    from int.tickets as t
    left join int.limits as l using (property, ticket_id)
    left join int.deadlines as d using (property, ticket_id)
    left join int.callback_obligations as o using (property, ticket_id)
),

of_tickets as (
    select file_no, issue, count(*) as rows
    from tickets
    where applies
    group by file_no, issue
),

unmeasured as (
    select o.file_no, 'not_measurable' as issue, count(*) as rows
    from mart.unmeasured as u
    join int.origins as o using (entity, property, id)
    group by o.file_no
),

refused as (
    select file_no, 'refused' as issue, 1 as rows
    from raw.files
    where refused is not null
),

together as (
    select * from flows
    union all select file_no, issue, sum(rows) from unmapped group by file_no, issue
    union all select file_no, issue, sum(rows) from notes group by file_no, issue
    union all select file_no, issue, sum(rows) from orphans group by file_no, issue
    union all select * from of_tickets
    union all select * from unmeasured
    union all select * from refused
),

final as (
    select f.source, f.file_date, f.digest, f.name as file, t.issue, t.rows::bigint as rows
    from together as t
    join raw.files as f using (file_no)
    order by f.file_no, t.issue
)

select * from final
