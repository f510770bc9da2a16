-- What:  What was held for the estate in a half-year, by type, the most frequent first.
-- Grain: one row per property, half-year and type
-- Key:   property, period, activity_type
-- Spec:  §13 half-year summary
with

final as (
    select a.property, a.period, a.activity_type, a.held
    from mart.activities_held as a
    join public.halves as h using (property, period)
    -- A type that no list names is a word from an export, and never printed.
    where a.activity_type in (select code from mart.names where kind = 'activity_type')
    order by a.property, a.period, a.held desc, a.activity_type
)

select * from final
