-- What:  What teams told each other: notes of the sharing sessions and training held in a period, the latest first.
-- Grain: one row per activity
-- Key:   property, activity_id, period
-- Spec:  product, R5
with

final as (
    select
        a.property,
        p.period,
        a.activity_id,
        a.activity_type,
        a.held_on,
        a.zone as in_zone,
        a.participants,
        a.note
    from int.held_activities as a
    join mart.periods as p on a.held_on >= p.period_start and a.held_on < p.period_end
    where p.period_kind not in ('day', 'week') and a.activity_type in ('sharing', 'skills_training', 'process_meeting', 'zone_award')
    order by a.property, p.period_kind, p.period_start, list_position(['sharing', 'skills_training', 'process_meeting', 'zone_award'], a.activity_type), a.held_on desc, a.activity_id
)

select * from final
