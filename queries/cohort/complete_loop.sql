-- What:    Complaints and repairs whose loop_days are over, and whether they went through all stages in these days.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: complete_loop = share, higher is better
-- Spec:    §1, §5
with

final as (
    select
        property,
        ticket_id as id,
        zone,
        category,
        technician,
        counted_on,
        case when is_closed_without_date then null else handled and followed_up and closed and (called_back or not call_is_owed) end as hit
    from int.loop_stages
)

select * from final
