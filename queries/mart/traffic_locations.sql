-- What:  Traffic violations by location.
-- Grain: one row per property, period and location
-- Key:   property, period, location
-- Spec:  §6, §14: the location is the touchpoint
with

final as (
    select t.property, t.period, t.touchpoint as location, t.findings as violations
    from mart.touchpoints as t
    join mart.periods as p using (period)
    where t.domain = 'traffic' and t.findings > 0
    order by t.property, p.period_kind, p.period_start, t.findings desc, t.touchpoint
)

select * from final
