-- What:  The metrics, with the cohort that says who is counted and how the members become a figure.
-- Grain: one row per metric
-- Key:   metric
-- Spec:  §1
with

final as (
    select metric, cohort, aggregate, unit, direction, position
    from ref.metrics
    order by position
)

select * from final
