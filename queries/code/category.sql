-- What:  Every category that a row may be of, and the domains of inspections, which are counted as such; * for all of them.
-- Grain: one row per category
-- Key:   category
-- Spec:  §0 dimensions
with

given as (
    select unnest(['*', 'unclassified']) as category
    union select category from int.category_keys
    union select coalesce(domain_code, domain) from stg.inspections
    union select domain from int.plan_rows
),

final as (
    select category
    from given
    where category is not null
    order by category
)

select * from final
