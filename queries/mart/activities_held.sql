-- What:  How many activities of each type took place: drills, training, meetings, campaigns.
-- Grain: one row per property, period and type that had any
-- Key:   property, period, activity_type
-- Spec:  §13 half-year summary
with

final as (
    select h.property, p.period, h.activity_type, count(*) as held
    from int.held_activities as h
    join mart.periods as p on h.held_on >= p.period_start and h.held_on < p.period_end and p.period_kind not in ('day', 'week')
    where h.activity_type is not null
    group by h.property, p.period, h.activity_type
    order by h.property, p.period, h.activity_type
)

select * from final
