-- What:  Missed orders, in the period in which they are counted, the latest first.
-- Grain: one row per entry of the register and period
-- Key:   property, register_id, period
-- Spec:  §5
with

final as (
    select
        m.property,
        m.zone,
        p.period,
        m.register_id,
        m.desk,
        m.entered_at,
        m.place,
        m.summary
    from mart.missed_orders as m
    join int.register_verdicts as v using (property, register_id)
    join mart.periods as p on v.counted_on >= p.period_start and v.counted_on < p.period_end
    where p.period_kind not in ('day', 'week')
    order by m.property, p.period_kind, p.period_start, m.entered_at desc, m.register_id
)

select * from final
