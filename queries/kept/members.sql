-- What:    Members of the cohorts of complete months that came, went or changed since the last edition; the first edition holds all. What was a member of
--          an edition is the newest row up to it, unless that says gone.
-- Grain:   one row per cohort, month (of the stock at its end; else *) and member that differs
-- Key:     cohort, month, property, id
-- Columns: cohort varchar, month varchar, property varchar, id varchar, zone varchar, category varchar, counted_on date, hit boolean, hits double, value double, weight double, gone boolean
-- Spec:    §14 restatements, because
with

until as (
    select max(p.period_end) as ends_on
    from int.periods as p
    semi join kept.editions as e using (period)
),

present as (
    select m.cohort, '*' as month, m.property, m.id, m.zone, m.category, m.counted_on, m.hit, m.hits, m.value, m.weight
    from query_table(getvariable('cohorts'), true) as m
    join until as u on m.counted_on < u.ends_on
    union all
    select 'stock', s.month, s.property, s.ticket_id, s.zone, s.category, s.counted_on, s.hit, null, null, null
    from int.stock_members as s
    join until as u on s.counted_on < u.ends_on
),

latest as (
    select *
    from ref.published_members
    where exists (from kept.editions)
    qualify row_number() over (partition by cohort, month, property, id order by published_on desc) = 1
),

differing as (
    select p.*, false as gone
    from present as p
    left join latest as l using (cohort, month, property, id)
    where
        l.cohort is null or l.gone
        or (p.zone, p.category, p.counted_on, p.hit, p.hits, p.value, p.weight) is distinct from (l.zone, l.category, l.counted_on, l.hit, l.hits, l.value, l.weight)
    union all
    select l.cohort, l.month, l.property, l.id, l.zone, l.category, l.counted_on, l.hit, l.hits, l.value, l.weight, true
    from latest as l
    anti join present as p using (cohort, month, property, id)
    where not l.gone
),

final as (
    select * from differing
)

select * from final
