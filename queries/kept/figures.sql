-- What:    Figures of the editions that this night publishes.
-- Grain:   one row per metric, cell and period
-- Key:     metric, property, zone, category, period
-- Columns: metric varchar, property varchar, zone varchar, category varchar, period varchar, x double, n double, value double, low double, high double, not_measurable bigint, provisional boolean
-- Spec:    §14 restatements
with

final as (
    select f.metric, f.property, f.zone, f.category, f.period, f.x, f.n, f.value, f.low, f.high, f.not_measurable, f.provisional
    from mart.figures as f
    semi join kept.editions as e using (period)
)

select * from final
