-- What:    Members of the months of cohorts that are kept tonight. What was a member of an edition is in the newest row of kept.member_months up to it.
-- Grain:   one row per cohort and member, of the stock per month and member
-- Key:     cohort, month, property, id
-- Columns: cohort varchar, month date, property varchar, id varchar, zone varchar, category varchar, counted_on date, hit boolean, hits double, value double, weight double
-- Spec:    §14 restatements, because
with

present as not materialized (
    select m.cohort, month_of(m.counted_on) as month, m.property, m.id, m.zone, m.category, m.counted_on, m.hit, m.hits, m.value, m.weight
    from query_table(getvariable('cohorts'), true) as m
    union all
    select 'stock', month_of(s.counted_on), s.property, s.ticket_id, s.zone, s.category, s.counted_on, s.hit, null, null, null
    from int.stock_members as s
),

final as (
    select p.*
    from present as p
    semi join kept.member_months as m using (cohort, property, month)
)

select * from final
