-- What:    Metrics that were known when this night published an edition: one that wasn't has no figure to compare with.
-- Grain:   one row per metric, on nights with an edition
-- Key:     metric
-- Columns: metric varchar
-- Spec:    §14 restatements
with

final as (
    select metric
    from ref.metrics
    where exists (from kept.editions)
    order by metric
)

select * from final
