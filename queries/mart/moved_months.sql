-- What:  Months of the cohorts behind figures that moved in which a member came, went or changed since the edition, and the night that kept the edition's.
-- Grain: one row per period that moved, cohort, month of it (of the stock the last one) and property
-- Key:   period, cohort, month, property
-- Spec:  §14 restatements, because
with

asked as (
    select distinct f.period, f.published_on, f.cohort, p.period_start, p.period_end
    from mart.moved_figures as f
    join mart.periods as p using (period)
),

-- A stock stands at the end of its period.
months as (
    select period, published_on, cohort, unnest(range(case when cohort = 'stock' then period_end - interval 1 month else period_start end, period_end, interval 1 month))::date as month
    from asked
),

members as not materialized (
    select m.cohort, month_of(m.counted_on) as month, m.property, m.id, m.zone, m.category, m.counted_on, m.hit, m.hits, m.value, m.weight
    from query_table(getvariable('cohorts'), true) as m
    union all
    select 'stock', month_of(s.counted_on), s.property, s.ticket_id, s.zone, s.category, s.counted_on, s.hit, null, null, null
    from int.stock_members as s
),

now_months as (
    select m.cohort, m.month, m.property, member_print(m.id, m.zone, m.category, m.counted_on, m.hit, m.hits, m.value, m.weight) as print
    from members as m
    semi join months using (cohort, month)
    group by m.cohort, m.month, m.property
),

-- Months as the edition had them: each as it was last kept up to it.
then_months as (
    select a.period, a.cohort, a.month, k.property, k.published_on as kept_on, k.print
    from months as a
    join ref.published_member_months as k on k.cohort = a.cohort and k.month = a.month and k.published_on <= a.published_on
    qualify row_number() over (partition by a.period, a.cohort, a.month, k.property order by k.published_on desc) = 1
),

final as (
    select period, cohort, month, property, t.kept_on
    from then_months as t
    full join (select * from months join now_months using (cohort, month)) as n using (period, cohort, month, property)
    where t.print is distinct from n.print
    order by period, cohort, month, property
)

select * from final
