-- What:  The target and floor of each metric that hold for a period: those of its last day.
-- Grain: one row per period and metric with a target
-- Key:   period, metric
-- Spec:  §0 references, traffic light; where no row is valid yet, the default target
with

final as (
    select p.period, t.metric, t.target, t.floor
    from int.periods as p
    join ref.targets as t on t.is_default or t.valid_from is null or t.valid_from < p.period_end
    qualify row_number() over (partition by p.period, t.metric order by t.is_default, t.valid_from desc nulls last, t.row_no desc) = 1
)

select * from final
