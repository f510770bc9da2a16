-- What:  Every figure about callbacks.
-- Grain: one row per property (and company), zone (* for all), period and metric
-- Key:   property, zone, period, metric
with

metrics as (
    select unnest([
        'callback_on_time', 'repair_callback_on_time', 'complaint_callback_on_time', 'callback_coverage', 'callback_reached',
        'satisfied', 'satisfaction_mean', 'not_resolved', 'fee_unreasonable', 'invalid_rating'
    ]) as metric, unnest(range(10)) as position
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        c.metric,
        c.unit,
        c.n,
        c.value,
        c.low,
        c.high,
        c.previous,
        c.year_before,
        c.target,
        c.light,
        c.unsure
    from rpt.compared as c
    join metrics as m using (metric)
    where c.category = '*'
    order by c.property, c.zone, c.period_kind, c.period_start, m.position
)

select * from final
