-- What:  Hot topics, as exported.
-- Grain: one row per topic
-- Key:   property, topic_id
-- Spec:  §14
with

final as (
    select property, topic_id, title, coalesce(state_code, state) as state, opened_on, updated_on, public_text
    from stg.topics
    order by property, opened_on, topic_id
)

select * from final
