-- What:    Entries of the register a day after they were made, and whether no ticket was ever made of them.
-- Grain:   one row per entry
-- Key:     property, id
-- Of:      register
-- Figures: missed_orders = share, lower is better
-- Spec:    §1, §5
with

final as (
    select property, register_id as id, zone, category, counted_on, verdict = 'missed' as hit
    from int.register_verdicts
)

select * from final
