-- What:  Every good row of every export, as narrow as can be: whose record it is, what it says (as a digest), when, and in whose place.
-- Grain: one row per good row of each delivered file
-- Key:   kind, file_no, src_row
-- Spec:  §0 identity, versions
with

narrow as (
    select 'tickets' as kind, landed, src_row, content, property_key, ticket_id as id, null as ticket_id, updated_at from raw.tickets
    union all
    select 'callbacks', landed, src_row, content, property_key, callback_id, ticket_id, updated_at from raw.callbacks
    union all
    select 'inspections', landed, src_row, content, property_key, inspection_id, null, updated_at from raw.inspections
    union all
    select 'register', landed, src_row, content, property_key, register_id, ticket_id, null from raw.register
    union all
    select 'activities', landed, src_row, content, property_key, activity_id, null, null from raw.activities
    union all
    select 'works', landed, src_row, content, property_key, work_id, null, null from raw.works
    union all
    select 'topics', landed, src_row, content, property_key, topic_id, null, null from raw.topics
    union all
    select 'actions', landed, src_row, content, property_key, ticket_id || '@' || promised_on, ticket_id, null from raw.actions
),

-- A row that names its property isn't asked for that of its ticket.
asking as (
    select *, case when property_key is null then ticket_id end as of_ticket
    from narrow
),

final as (
    select
        n.kind,
        coalesce(k.property, t.property, m.mended_property, f.property) as property,
        n.id,
        n.content,
        f.file_no,
        n.landed,
        n.src_row,
        coalesce(n.updated_at, coalesce(m.mended_file_date, f.file_date) + interval 1 day) as updated_at,
        coalesce(m.mended_file_no, f.file_no) as place_file_no,
        coalesce(m.mended_row, n.src_row) as place_row,
        coalesce(m.turn, 0) as turn
    from asking as n
    join raw.files as f using (landed)
    left join stg.mends as m on m.file_no = f.file_no and m.src_row = n.src_row
    left join stg.property_keys as k on k.property_key = n.property_key
    left join stg.ticket_properties as t on t.ticket_id = n.of_ticket
)

select * from final
