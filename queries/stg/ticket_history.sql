-- What:  What each version of a ticket said of status, merging, priority, category and outcome, where that can tell a story.
-- Grain: one row per version of a ticket that has several, or that names an outcome which ends a job without a repair
-- Key:   property, ticket_id, version_no
-- Spec:  §14 altered_tickets; file_no is the file that first showed the version, has_… whether its file has that column
with

final as (
    select
        v.property,
        v.id as ticket_id,
        v.version_no,
        v.first_file_no as file_no,
        list_contains(f.fields, 'status') as has_status,
        coalesce(r.status_code, r.status) as status,
        list_contains(f.fields, 'merged_into') as has_merged_into,
        r.merged_into,
        list_contains(f.fields, 'priority') as has_priority,
        coalesce(r.priority_code, r.priority) as priority,
        list_contains(f.fields, 'category') as has_category,
        r.category_key,
        list_contains(f.fields, 'outcome') as has_outcome,
        coalesce(r.outcome_code, r.outcome) as outcome
    from stg.versions as v
    join raw.tickets as r on r.landed = v.landed and r.src_row = v.src_row
    join raw.file_fields as f on f.kind = 'tickets' and f.landed = v.landed
    where v.kind = 'tickets'
        and (not v.is_current or v.version_no > 1 or coalesce(r.outcome_code in ('no access', 'cancelled', 'follow-on'), false))
)

select * from final
