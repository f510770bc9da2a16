-- What:  What residents asked about in a half-year, and how it stands, the newest word first.
-- Grain: one row per topic and half-year, numbered, without its id
-- Key:   property, period, position
-- Spec:  §13 half-year summary
with

told as (
    select h.property, h.period, t.topic_id, t.title, case when t.state = 'closed' then 'closed' when t.state = 'in progress' then 'in_progress' else 'open' end as state, t.opened_on, t.updated_on, t.public_text
    from public.halves as h
    join mart.topics as t using (property)
    where
        coalesce(t.opened_on < h.period_end, true)
        and (coalesce(t.state, 'open') <> 'closed' or coalesce(t.updated_on, t.opened_on) >= h.period_start)
        and t.public_text is not null
        -- What the board can't have is left out whole: a topic without its text says nothing.
        and not exists (from mart.staff_texts as x where x.kind = 'topic' and x.property = t.property and x.id = t.topic_id and x.refused_as is not null)
),

final as (
    select
        property,
        period,
        row_number() over newest_first as position,
        title,
        state,
        opened_on,
        updated_on,
        public_text
    from told
    window newest_first as (partition by property, period order by state = 'closed', updated_on desc nulls last, opened_on desc nulls last, title, topic_id)
    order by property, period, position
)

select * from final
