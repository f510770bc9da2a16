-- What:  Published figures that late or corrected exports, or another reference file, have moved since: what they were, are, and which members it is due to.
-- Grain: one row per metric, cell and period that moved
-- Key:   metric, property, zone, category, period
-- Spec:  §14 restatements
with

members as not materialized (
    select m.cohort, month_of(m.counted_on) as month, m.property, m.id, m.zone, m.category, m.counted_on, m.hit, m.hits, m.value, m.weight
    from query_table(getvariable('cohorts'), true) as m
    union all
    select 'stock', month_of(s.counted_on), s.property, s.ticket_id, s.zone, s.category, s.counted_on, s.hit, null, null, null
    from int.stock_members as s
),

-- Only months that aren't what they were hold such members.
then_members as (
    select o.period, s.cohort, s.property, s.id, s.zone, s.category, s.hit, s.hits, s.value, s.weight
    from ref.published_members as s
    join mart.moved_months as o on o.cohort = s.cohort and o.month = s.month and o.property = s.property and o.kept_on = s.published_on
),

now_members as (
    select o.period, m.cohort, m.property, m.id, m.zone, m.category, m.hit, m.hits, m.value, m.weight
    from members as m
    join mart.moved_months as o using (cohort, month, property)
),

different as (
    select
        coalesce(t.period, n.period) as period,
        coalesce(t.cohort, n.cohort) as cohort,
        coalesce(t.property, n.property) as property,
        coalesce(t.id, n.id) as id,
        t.zone as was_zone,
        t.category as was_category,
        n.zone as now_zone,
        n.category as now_category,
        t.id is not null as was_there,
        n.id is not null as is_there,
        (t.hit, t.hits, t.value, t.weight) is distinct from (n.hit, n.hits, n.value, n.weight) as is_judged_anew
    from then_members as t
    full join now_members as n using (period, cohort, property, id)
    where (t.zone, t.category, t.hit, t.hits, t.value, t.weight) is distinct from (n.zone, n.category, n.hit, n.hits, n.value, n.weight)
),

-- Each such member stands in six cells then and in six now: of the company, its property and its zone, with and without its category.
sides as (
    select *
    from (values (false, false), (true, false), (true, true)) as w(of_property, of_zone)
    cross join (values (false), (true)) as c(of_category)
),

-- Where the cell is the same then and now, the member was judged anew there; else it came to the one (1) and went from the other (2).
standing as (
    select
        *,
        case
            when not was_there then [1]
            when not is_there then [2]
            when of_zone and was_zone is distinct from now_zone or of_category and was_category is distinct from now_category then [1, 2]
            when is_judged_anew then [3]
        end as sorts
    from different
    cross join sides
),

named as (
    select *, unnest(sorts) as sort
    from standing
),

due_to as (
    select
        m.metric,
        m.property,
        m.zone,
        m.category,
        m.period,
        count(*) filter (where d.sort = 1) as came,
        count(*) filter (where d.sort = 2) as went,
        count(*) filter (where d.sort = 3) as changed,
        min({sort: d.sort, id: d.id, property: d.property}, 20) as first_ones
    from mart.moved_figures as m
    join named as d
        on d.cohort = m.cohort and d.period = m.period and if(d.of_property, d.property, '*') = m.property
        and if(d.of_zone, if(d.sort = 2, d.was_zone, d.now_zone), '*') = m.zone
        and if(d.of_category, if(d.sort = 2, d.was_category, d.now_category), '*') = m.category
    -- Complaints where no household is known aren't in the company's rate.
    where not m.is_per_household or m.property <> '*' or d.property in (select property from mart.household_months where zone = '*' and household_months.period = m.period)
    group by m.metric, m.property, m.zone, m.category, m.period
),

told as (
    select
        *,
        array_to_string([['+', '-', '~'][e.sort] || if(property = '*', e.property || '/', '') || e.id for e in first_ones], ', ') as because
    from due_to
),

final as (
    select
        m.metric,
        m.property,
        m.zone,
        m.category,
        m.period,
        m.was,
        m.published_on,
        m.now,
        case when m.is_per_household and not same_number(m.was_n, m.now_n) then concat_ws(', ', 'zones', d.because) else d.because end as because,
        coalesce(d.came, 0)::bigint as came,
        coalesce(d.went, 0)::bigint as went,
        coalesce(d.changed, 0)::bigint as changed,
        m.edition,
        m.was_x,
        m.was_n,
        m.now_x,
        m.now_n
    from mart.moved_figures as m
    join mart.periods as p using (period)
    left join told as d using (metric, property, zone, category, period)
    order by m.metric, m.property, m.zone, m.category, p.period_kind, p.period_start
)

select * from final
