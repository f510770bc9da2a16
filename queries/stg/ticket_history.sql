-- What:  What each version of a ticket said of status, merging, priority, category and outcome, where that can tell a story.
-- Grain: one row per version of a ticket that has several, or that names an outcome which ends a job without a repair
-- Key:   property, ticket_id, version_no
-- Spec:  §14 altered_tickets; file_no is the file that first showed the version, has_… whether a file that showed it has that column
with

told as (
    select
        v.property,
        v.id as ticket_id,
        v.version_no,
        v.content,
        v.first_file_no as file_no,
        coalesce(r.status_code, r.status) as status,
        r.merged_into,
        coalesce(r.priority_code, r.priority) as priority,
        r.category_key,
        r.category,
        coalesce(r.outcome_code, r.outcome) as outcome
    from stg.versions as v
    join raw.tickets as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'tickets'
        and (not v.is_current or v.version_no > 1 or coalesce(r.outcome_code in ('no access', 'cancelled', 'follow-on'), false))
),

columns_of as (
    select
        landed,
        list_contains(fields, 'status') as has_status,
        list_contains(fields, 'merged_into') as has_merged_into,
        list_contains(fields, 'priority') as has_priority,
        list_contains(fields, 'category') as has_category,
        list_contains(fields, 'outcome') as has_outcome
    from raw.file_fields
    where kind = 'tickets'
),

final as (
    select
        t.property,
        t.ticket_id,
        t.version_no,
        t.file_no,
        bool_or(c.has_status) as has_status,
        t.status,
        bool_or(c.has_merged_into) as has_merged_into,
        t.merged_into,
        bool_or(c.has_priority) as has_priority,
        t.priority,
        bool_or(c.has_category) as has_category,
        t.category_key,
        t.category,
        bool_or(c.has_outcome) as has_outcome,
        t.outcome
    from told as t
    join stg.sightings as s on s.kind = 'tickets' and s.property = t.property and s.id = t.ticket_id and s.content = t.content
    join columns_of as c on c.landed = s.landed
    group by all
)

select * from final
