-- What:  Every metric that a figure may be of; * for what is scored over several of them.
-- Grain: one row per metric
-- Key:   metric
-- Spec:  §1
with

given as (
    select '*' as metric
    union select metric from ref.metrics
),

final as (
    select metric
    from given
    order by metric
)

select * from final
