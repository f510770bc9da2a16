-- What:    Months of cohorts (and of the stock, at their ends) whose members are others, or say other things, than when the month was last kept; the
--          first edition holds all complete months. One that has lost its last member has 0.
-- Grain:   one row per cohort, property and month that differs
-- Key:     cohort, property, month
-- Columns: cohort varchar, property varchar, month date, members bigint, print ubigint
-- Spec:    §14 restatements, because
with

until as (
    select max(p.period_end) as ends_on
    from int.periods as p
    semi join kept.editions as e using (period)
),

present as not materialized (
    select m.cohort, m.property, m.id, m.zone, m.category, m.counted_on, m.hit, m.hits, m.value, m.weight
    from query_table(getvariable('cohorts'), true) as m
    join until as u on m.counted_on < u.ends_on
    union all
    select 'stock', s.property, s.ticket_id, s.zone, s.category, s.counted_on, s.hit, null, null, null
    from int.stock_members as s
    join until as u on s.counted_on < u.ends_on
),

months as (
    select
        cohort,
        property,
        month_of(counted_on) as month,
        count(*) as members,
        member_print(id, zone, category, counted_on, hit, hits, value, weight) as print
    from present
    group by all
),

latest as (
    select cohort, property, month, members, print
    from ref.published_member_months
    where exists (from kept.editions)
    qualify row_number() over (partition by cohort, property, month order by published_on desc) = 1
),

final as (
    select cohort, property, month, coalesce(m.members, 0) as members, m.print
    from months as m
    full join latest as l using (cohort, property, month)
    where (coalesce(m.members, 0), m.print) is distinct from (coalesce(l.members, 0), l.print)
)

select * from final
