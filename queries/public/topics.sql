-- What:  Hot topics as they stand: open ones, and those closed in the last 30 days.
-- Grain: one row per topic, numbered, without its id
-- Key:   property, position
-- Spec:  product, R8
with

told as (
    select
        property,
        topic_id,
        title,
        -- A state that no list knows is a word from an export, and reads as open.
        case when state = 'in progress' then 'in_progress' when state = 'closed' then 'closed' else 'open' end as state,
        opened_on,
        updated_on,
        public_text
    from mart.topics as t
    where
        (coalesce(state, 'open') <> 'closed' or coalesce(updated_on, opened_on) >= getvariable('as_of') - 30)
        and public_text is not null
        -- What the board can't have is left out whole: a topic without its text says nothing.
        and not exists (from mart.staff_texts as x where x.kind = 'topic' and x.property = t.property and x.id = t.topic_id and x.refused_as is not null)
),

final as (
    select
        property,
        row_number() over newest_first as position,
        title,
        state,
        opened_on,
        updated_on,
        case
            when updated_on is null then null
            when opened_on is null or opened_on = updated_on then 'updated'
            else 'opened_and_updated'
        end as dates_case,
        public_text
    from told
    window newest_first as (
        partition by property
        order by list_position(['in_progress', 'open', 'closed'], state), updated_on desc nulls last, opened_on desc nulls last, title, topic_id
    )
    order by property, position
)

select * from final
