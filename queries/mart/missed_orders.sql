-- What:  Entries of the register of which no ticket was ever made.
-- Grain: one row per entry
-- Key:   property, register_id
-- Spec:  §5, §14
with

final as (
    select property, register_id, zone, desk, entered_at, place, summary
    from int.register_verdicts
    where verdict = 'missed'
    order by property, entered_at, register_id
)

select * from final
