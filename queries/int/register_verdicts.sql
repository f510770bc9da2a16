-- What:  Entries of kind complaint, repair or none a day after they were made: matched to a ticket, a repeat of one, or missed.
-- Grain: one row per entry
-- Key:   property, register_id
-- Spec:  §1 missed_orders, §5
with

matched as (
    select property, register_id, ticket_id from int.register_by_id
    union all
    select property, register_id, ticket_id from int.register_pairs
),

near as (
    select distinct property, register_id from int.register_candidates
),

final as (
    select
        r.property,
        r.register_id,
        r.zone,
        coalesce(t.category, 'unclassified') as category,
        r.desk,
        r.entered_at,
        r.entered_at_day,
        r.place,
        r.summary,
        last_date(r.judged_at) as counted_on,
        t.ticket_id,
        t.registered_at,
        t.registered_at_day,
        case when t.ticket_id is not null then 'matched' when n.register_id is not null then 'repeat' else 'missed' end as verdict
    from int.register as r
    left join matched as m using (property, register_id)
    left join int.tickets as t on t.property = m.property and t.ticket_id = m.ticket_id
    left join near as n on n.property = r.property and n.register_id = r.register_id
    where (r.kind is null or r.kind in ('complaint', 'repair')) and r.judged_at <= getvariable('as_of')
)

select * from final
