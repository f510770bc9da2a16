-- What:  How the figure that a sheet is about has changed, in one sentence.
-- Grain: one row per property (and company), zone, period and sheet
-- Key:   property, zone, period, sheet
with

sheets as (
    select
        unnest(['timeliness', 'rework', 'callbacks', 'charges', 'inspections', 'loop', 'open_tickets']) as sheet,
        unnest(['on_time', 'rework', 'callback_on_time', 'fee_unreasonable', 'inspection_score', 'missed_orders', 'overdue']) as metric
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        s.sheet,
        case
            when c.value is null then 'unmeasured'
            when c.change_case is not null then c.change_case
            when c.previous is not null then 'same'
            else 'alone'
        end as finding,
        c.metric,
        c.unit,
        c.value,
        c.previous,
        c.x,
        c.n,
        c.n - c.x as late
    from rpt.compared as c
    join sheets as s using (metric)
    where c.category = '*'
    order by c.property, c.zone, c.period_kind, c.period_start, s.sheet
)

select * from final
