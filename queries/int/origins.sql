-- What:  Where the current version of each record stands in the exports.
-- Grain: one row per record
-- Key:   entity, property, id
-- Spec:  explain: from a figure's member to the line of an export
with

final as (
    select 'ticket' as entity, property, ticket_id as id, file_no, src_line from stg.tickets
    union all
    select 'callback', property, callback_id, file_no, src_line from stg.callbacks
    union all
    select 'inspection', property, inspection_id, file_no, src_line from stg.inspections
    union all
    select 'register', property, register_id, file_no, src_line from stg.register
    union all
    select 'activity', property, activity_id, file_no, src_line from stg.activities
    union all
    select 'work', property, work_id, file_no, src_line from stg.works
    union all
    select 'topic', property, topic_id, file_no, src_line from stg.topics
)

select * from final
