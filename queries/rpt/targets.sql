-- What:  Targets of a period, whether they were reached, and the targets for the next one of its kind; those missed most first.
-- Grain: one row per property (and company), zone (* for all), period and metric with a target and a value
-- Key:   property, zone, period, metric
-- Spec:  §13 half-year summary; §0 references
with

periods as (
    select
        period,
        period_kind,
        period_start,
        (period_end + case period_kind when 'month' then interval 1 month when 'quarter' then interval 3 month when 'half' then interval 6 month else interval 1 year end)::date as next_end
    from mart.periods
    where period_kind not in ('day', 'week')
),

next_targets as (
    select p.period, t.metric, t.target, t.floor
    from periods as p
    join ref.targets as t on t.is_default or t.valid_from is null or t.valid_from < p.next_end
    qualify row_number() over (partition by p.period, t.metric order by t.is_default, t.valid_from desc nulls last, t.row_no desc) = 1
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        c.metric,
        c.unit,
        c.value,
        c.target,
        c.floor,
        c.points,
        c.light,
        c.unsure,
        case when c.points >= 100 then 'reached' else 'missed' end as state,
        n.target as next_target,
        n.floor as next_floor
    from rpt.compared as c
    join periods as p using (period)
    left join next_targets as n using (period, metric)
    where c.category = '*' and c.points is not null
    order by c.property, c.zone, c.period_kind, c.period_start, c.points, c.metric
)

select * from final
