-- What:  Early warnings of the months of a period: those with a level first, the newest month before others.
-- Grain: one row per period, month, zone (* for the property) and category that warns
-- Key:   property, zone, period, month, category
-- Spec:  §8
with

final as (
    select
        w.property,
        w.zone,
        p.period,
        w.period as month,
        w.category,
        w.x,
        w.usual_to,
        w.mean,
        w.places,
        w.q,
        w.level,
        w.shift,
        w.top_root_cause
    from mart.complaint_warnings as w
    join mart.periods as m on m.period = w.period
    join mart.periods as p on m.period_start >= p.period_start and m.period_start < p.period_end
    where p.period_kind not in ('day', 'week')
    order by w.property, p.period_kind, p.period_start, list_position(['red', 'amber'], w.level) nulls last, m.period_start desc, not w.shift, w.q, w.zone, w.category
)

select * from final
