-- What:  What staff wrote about works and topics for the notice board, where it stands in the exports, and why the board can't have it.
-- Grain: one row per work or topic and field that is filled
-- Key:   property, kind, id, field
-- Spec:  §13 public figures; product, R7 and R8
with

written as (
    select property, 'work' as kind, work_id as id, 'title' as field, title as text, file_no, src_line from stg.works
    union all
    select property, 'work', work_id, 'location', location, file_no, src_line from stg.works
    union all
    select property, 'work', work_id, 'public_text', public_text, file_no, src_line from stg.works
    union all
    select property, 'topic', topic_id, 'title', title, file_no, src_line from stg.topics
    union all
    select property, 'topic', topic_id, 'public_text', public_text, file_no, src_line from stg.topics
),

-- An office may be reached by the numbers that the configuration gives it.
allowed as (
    select list(digits) as numbers from ref.allowed_words
),

judged as (
    select
        w.*,
        list_filter(long_numbers(w.text), lambda number: not coalesce(list_contains(a.numbers, number), false)) as numbers
    from written as w
    cross join allowed as a
    where w.text is not null
),

final as (
    select
        j.property,
        j.kind,
        j.id,
        j.field,
        j.text,
        case
            when len(list_filter(j.numbers, lambda number: len(number) in (15, 18) or regexp_matches(number, '^[a-z]'))) > 0 then 'id_number'
            when len(j.numbers) > 0 then 'phone'
            when names_a_room(j.text) and not exists (from ref.allowed_words as w where contains(j.text, w.word)) then 'room'
            -- A line of a notice, and a paragraph that people read standing.
            when len(j.text) > case when j.field = 'public_text' then 500 else 60 end then 'too_long'
        end as refused_as,
        f.name as file,
        j.src_line as line
    from judged as j
    left join raw.files as f using (file_no)
    order by j.property, j.kind, j.id, j.field
)

select * from final
