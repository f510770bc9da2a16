-- What:  Traffic violations by location, the most first.
-- Grain: one row per property, period and location
-- Key:   property, period, location
with

final as (
    select t.property, t.period, t.location, t.violations
    from mart.traffic_locations as t
    join mart.periods as p using (period)
    order by t.property, p.period_kind, p.period_start, t.violations desc, t.location
)

select * from final
