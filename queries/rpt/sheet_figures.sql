-- What:  The figures that a sheet is about, each beside the periods to compare with.
-- Grain: one row per property (and company), zone (* for all), period, sheet and metric
-- Key:   property, zone, period, sheet, metric
with

sheets as (
    select unnest([
        {sheet: 'callbacks', metrics: [
            'callback_on_time', 'repair_callback_on_time', 'complaint_callback_on_time', 'callback_coverage', 'callback_reached',
            'satisfied', 'satisfaction_mean', 'not_resolved', 'fee_unreasonable', 'invalid_rating'
        ]},
        {sheet: 'charges', metrics: ['fees_charged', 'chargeable_jobs', 'fee_gap_jobs', 'fee_unreasonable']},
        {sheet: 'loop', metrics: [
            'missed_orders', 'registration_delay_median', 'registration_delay_p90', 'complete_loop', 'loop_handled', 'loop_followed_up',
            'loop_closed', 'loop_called_back', 'normal_closure', 'reopened', 'urged', 'void_share'
        ]},
        {sheet: 'inspections', metrics: [
            'inspection_score', 'inspection_pass', 'inspection_done', 'inspection_on_day', 'inspection_plan_kept', 'lighting_intact',
            'findings', 'rectified', 'hours_to_rectify_median', 'traffic_violations'
        ]},
        {sheet: 'open_tickets', metrics: ['open_tickets', 'overdue', 'hours_to_respond_median', 'hours_to_respond_p90', 'hours_to_complete_median', 'hours_to_complete_p90']},
        {sheet: 'demand', metrics: ['tickets', 'complaints', 'repairs', 'outside_working_hours']}
    ], recursive := true)
),

listed as (
    select sheet, unnest(metrics) as metric, unnest(range(len(metrics))) as position
    from sheets
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        l.sheet,
        c.metric,
        c.unit,
        c.n,
        c.value,
        c.low,
        c.high,
        c.previous,
        c.change_case,
        c.year_before,
        c.target,
        c.light,
        c.unsure
    from rpt.compared as c
    join listed as l using (metric)
    where c.category = '*'
    order by c.property, c.zone, c.period_kind, c.period_start, l.sheet, l.position
)

select * from final
