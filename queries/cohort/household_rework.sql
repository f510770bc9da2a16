-- What:    Completed repairs in households whose window is over, and whether they came back.
-- Grain:   one row per repair
-- Key:     property, id
-- Of:      ticket
-- Figures: household_rework = share, lower is better
-- Spec:    §1, §2
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, hit
    from int.rework_verdicts
    where scope = 'household'
)

select * from final
