-- What:  The root cause of each complaint and repair: the export's, mapped by the taxonomy; else inferred from its words; else unidentified.
-- Grain: one row per complaint or repair that counts
-- Key:   property, ticket_id
-- Spec:  §1 root causes
with

asked as (
    select s.property, s.ticket_id, s.root_cause, s.root_cause_key, coalesce(s.description_key, '') || chr(10) || coalesce(s.resolution_key, '') as said
    from stg.tickets as s
    join int.tickets as t using (property, ticket_id)
    where t.is_counted and t.kind in ('complaint', 'repair')
),

spelled as (
    select root_cause_key, min(root_cause) as root_cause
    from asked
    where root_cause_key is not null
    group by root_cause_key
),

words as (
    select row_no, unnest(words_keys) as word
    from ref.root_causes
),

heard as (
    select a.property, a.ticket_id, min(w.row_no) as row_no
    from asked as a
    join words as w on contains(a.said, w.word)
    where a.root_cause_key is null and w.word <> ''
    group by a.property, a.ticket_id
),

final as (
    select
        a.property,
        a.ticket_id,
        coalesce(k.root_cause, s.root_cause, r.code, 'unidentified') as root_cause,
        a.root_cause_key is null and r.code is not null as inferred,
        a.root_cause_key is not null and k.root_cause is null as is_unmapped
    from asked as a
    left join int.root_cause_keys as k on k.cause_key = a.root_cause_key
    left join spelled as s on s.root_cause_key = a.root_cause_key
    left join heard as h using (property, ticket_id)
    left join ref.root_causes as r using (row_no)
)

select * from final
