-- What:    Entries of the register that were made a ticket, and after how many hours; at once where the ticket came first.
-- Grain:   one row per entry
-- Key:     property, id
-- Of:      register
-- Figures: registration_delay_median = median, lower is better
--          registration_delay_p90 = p90, lower is better
-- Spec:    §1, §5
with

final as (
    select
        property,
        register_id as id,
        zone,
        category,
        counted_on,
        case when entered_at_day or registered_at_day then null else coalesce(hours_between(entered_at, false, registered_at, false), 0) end as value
    from int.register_verdicts
    where verdict = 'matched'
)

select * from final
