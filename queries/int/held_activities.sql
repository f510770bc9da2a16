-- What:  Activities that took place before D, with their type: by code or name, else the first type one of whose words occurs in what was given.
-- Grain: one row per activity held
-- Key:   property, activity_id
-- Spec:  §13; activity_type is empty where no type is meant
with

named as (
    select unnest([code_key, name_zh_hant_key, name_zh_hans_key, name_en_key]) as type_key, unnest([1, 2, 2, 2]) as rank, code, row_no
    from ref.activity_types
),

type_keys as (
    select type_key, arg_min(code, (rank, row_no)) as code
    from named
    where type_key is not null
    group by type_key
),

words as (
    select row_no, code, unnest(words_keys) as word
    from ref.activity_types
),

spoken as (
    select distinct type_key from stg.activities where type_key is not null
),

heard as (
    select s.type_key, arg_min(w.code, w.row_no) as code
    from spoken as s
    join words as w on contains(s.type_key, w.word)
    where w.word <> ''
    group by s.type_key
),

final as (
    select a.property, a.activity_id, coalesce(k.code, h.code) as activity_type, a.held_on, coalesce(z.zone, a.zone) as zone, a.participants, a.note
    from stg.activities as a
    left join int.zone_keys as z using (property, zone_key)
    left join type_keys as k on k.type_key = a.type_key
    left join heard as h on h.type_key = a.type_key
    where a.held_on < getvariable('as_of')
)

select * from final
