-- What:  The lines of the scorecard, as the model of the three qualities prints them; a heading that no export can show has none.
-- Grain: one row per quality, heading and metric
-- Key:   position
-- Spec:  §13
with

printed as (
    select unnest([
        {quality: 'TQ', heading: '智能化', metrics: []::varchar[]},
        {quality: 'TQ', heading: '技術水平', metrics: ['first_time_fix']},
        {quality: 'TQ', heading: '規範化', metrics: ['normal_closure', 'inspection_score']},
        {quality: 'TQ', heading: '服務開發', metrics: []::varchar[]},
        {quality: 'FQ', heading: '功能設施', metrics: ['lighting_intact', 'inspection_plan_kept']},
        {quality: 'FQ', heading: '親和力', metrics: ['attitude_complaints']},
        {quality: 'FQ', heading: '效率', metrics: ['hours_to_respond_median', 'first_time_fix', 'on_time', 'hours_to_complete_median', 'satisfied']},
        {quality: 'FQ', heading: '價格', metrics: ['fee_unreasonable']},
        {quality: 'IQ', heading: '渠道', metrics: []::varchar[]},
        {quality: 'IQ', heading: '速度', metrics: ['registration_delay_median']},
        {quality: 'IQ', heading: '準確', metrics: ['key_fields_filled']},
        {quality: 'IQ', heading: '對稱', metrics: ['callback_reached']},
        {quality: 'IQ', heading: '開放', metrics: ['missed_orders', 'complete_loop']}
    ]) as line, unnest(range(1, 14)) as heading_no
),

final as (
    select
        line.quality as quality,
        line.heading as heading,
        heading_no,
        unnest(case when len(line.metrics) = 0 then [null] else line.metrics end) as metric,
        10 * heading_no + unnest(range(1, 1 + greatest(len(line.metrics), 1))) as position
    from printed
    order by position
)

select * from final
