-- What:  The root cause that each spelling of the taxonomy means: a code, or a name in any language.
-- Grain: one row per spelling, as a text key
-- Key:   cause_key
-- Spec:  §1 root causes, §0 text keys
with

named as (
    select unnest([code_key, name_zh_hant_key, name_zh_hans_key, name_en_key]) as cause_key, unnest([1, 2, 2, 2]) as rank, code, row_no
    from ref.root_causes
),

final as (
    select cause_key, arg_min(code, (rank, row_no)) as root_cause
    from named
    where cause_key is not null
    group by cause_key
)

select * from final
