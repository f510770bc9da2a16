-- What:  The category that each spelling of it means: the code of the reference, else the spelling as given.
-- Grain: one row per spelling, as a text key
-- Key:   category_key
-- Spec:  §0 dimensions, text keys
with

named as (
    select unnest([code_key, name_zh_hant_key, name_zh_hans_key, name_en_key]) as category_key, unnest([1, 2, 2, 2]) as rank, code, row_no
    from ref.categories
),

known as (
    select category_key, arg_min(code, (rank, row_no)) as category
    from named
    where category_key is not null
    group by category_key
),

given as (
    select category_key, category from stg.tickets
    union all
    select category_key, category from ref.time_limits
),

unknown as (
    select g.category_key, min(g.category) as category
    from given as g
    anti join known as k using (category_key)
    where g.category_key is not null
    group by g.category_key
),

final as (
    select category_key, category, true as is_known from known
    union all
    select category_key, category, false from unknown
)

select * from final
