-- What:    Repairs in common areas whose completion deadline has run out, and whether they were completed in time.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: common_on_time = share, higher is better
-- Spec:    §1, §3
with

final as (
    select property, ticket_id as id, zone, category, technician, counted_on, hit, provisional
    from int.completion_verdicts
    where kind = 'repair' and scope = 'common'
)

select * from final
