-- What: Texts of works and topics that notices leave out because they hold a mobile number: offices are named on notices, never persons.
with

texts as (
    select property, 'works' as kind, work_id as id, title || ' ' || coalesce(public_text, '') as words from mart.works
    union all
    select property, 'topics', topic_id, title || ' ' || coalesce(public_text, '') from mart.topics
)

select * from texts where regexp_matches(words, '1[3-9][0-9]{9}')
