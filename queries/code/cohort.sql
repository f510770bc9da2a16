-- What:  The cohorts.
-- Grain: one row per cohort
-- Key:   cohort
-- Spec:  §1
with

final as (
    select distinct cohort
    from ref.metrics
    where cohort is not null
    order by cohort
)

select * from final
