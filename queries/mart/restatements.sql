-- What:  Published figures that late or corrected exports, or another reference file, have moved since: what they were, are, and which members it is due to.
-- Grain: one row per metric, cell and period that moved
-- Key:   metric, property, zone, category, period
-- Spec:  §14 restatements. A figure moved where its value, x or n did
with

-- A metric that one of the two nights didn't know has nothing to compare.
metrics as (
    select e.period, e.published_on, e.edition, m.metric, case when m.aggregate in ('count', 'sum') then 0.0 end as of_nobody
    from int.compared_editions as e
    join ref.published_metrics as k using (published_on)
    join ref.metrics as m using (metric)
),

published as (
    select f.*
    from ref.published_figures as f
    semi join int.compared_editions as e using (period, published_on)
),

present as (
    select f.*
    from mart.figures as f
    semi join int.compared_editions as e using (period)
),

beside as (
    select
        coalesce(p.metric, f.metric) as metric,
        coalesce(p.property, f.property) as property,
        coalesce(p.zone, f.zone) as zone,
        coalesce(p.category, f.category) as category,
        coalesce(p.period, f.period) as period,
        p.metric is null as is_new,
        f.metric is null as is_gone,
        p.value as was,
        p.x as was_x,
        p.n as was_n,
        f.value as now,
        f.x as now_x,
        f.n as now_n
    from published as p
    full join present as f using (metric, property, zone, category, period)
),

-- A count or sum without a row is 0. Doubles are compared to what a double can hold.
moved as (
    select
        b.metric,
        b.property,
        b.zone,
        b.category,
        b.period,
        m.published_on,
        m.edition,
        case when b.is_new then m.of_nobody else b.was end as was,
        case when b.is_new then m.of_nobody else b.was_x end as was_x,
        case when b.is_new then m.of_nobody else b.was_n end as was_n,
        case when b.is_gone then m.of_nobody else b.now end as now,
        case when b.is_gone then m.of_nobody else b.now_x end as now_x,
        case when b.is_gone then m.of_nobody else b.now_n end as now_n
    from beside as b
    join metrics as m using (metric, period)
    where not (same_number(was, now) and same_number(was_x, now_x) and same_number(was_n, now_n))
),

-- Who is counted: stocks and household rates have no cohort of their own.
cohorts as (
    select
        metric,
        case when aggregate = 'per_100' then 'complaints' when cohort is null then 'stock' else cohort end as cohort,
        aggregate = 'per_100' as is_per_household
    from ref.metrics
),

asked as (
    select distinct c.cohort, m.period, m.published_on, p.period_start, p.period_end, p.period_end - 1 as last_on
    from moved as m
    join cohorts as c using (metric)
    join int.periods as p using (period)
),

-- Members as the edition had them: the newest row up to it.
spans as (
    select *, lead(published_on) over (partition by cohort, month, property, id order by published_on) as superseded_on
    from ref.published_members
    where exists (from moved)
),

then_members as (
    select a.period, s.cohort, s.property, s.id, s.zone, s.category, s.hit, s.hits, s.value, s.weight
    from spans as s
    join asked as a
        on a.cohort = s.cohort and s.counted_on >= a.period_start and s.counted_on < a.period_end
        and s.published_on <= a.published_on and coalesce(s.superseded_on > a.published_on, true)
        and (s.month = '*' or s.counted_on = a.last_on)
    where not s.gone
),

now_members as (
    select a.period, m.cohort, m.property, m.id, m.zone, m.category, m.hit, m.hits, m.value, m.weight
    from query_table(getvariable('cohorts'), true) as m
    join asked as a on a.cohort = m.cohort and m.counted_on >= a.period_start and m.counted_on < a.period_end
    union all
    select a.period, 'stock', s.property, s.ticket_id, s.zone, s.category, s.hit, null, null, null
    from int.stock_members as s
    join asked as a on a.cohort = 'stock' and s.counted_on = a.last_on
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

-- Each such member stands in six cells then and in six now; in which of them it came, went or was judged anew differs.
standing as (
    select period, cohort, property as of_property, id, is_judged_anew, true as was, property, was_zone as zone, was_category as category
    from different
    where was_there
    union all
    select period, cohort, property, id, is_judged_anew, false, property, now_zone, now_category
    from different
    where is_there
),

in_cells as (
    select
        period,
        cohort,
        of_property,
        id,
        case when grouping(property) = 1 then '*' else property end as property,
        case when grouping(zone) = 1 then '*' else zone end as zone,
        case when grouping(category) = 1 then '*' else category end as category,
        bool_or(was) as was_in,
        bool_or(not was) as is_in,
        bool_or(is_judged_anew) as is_judged_anew
    from standing
    group by period, cohort, of_property, id, grouping sets ((), (category), (property), (property, category), (property, zone), (property, zone, category))
),

named as (
    select
        *,
        case when not was_in then 1 when not is_in then 2 else 3 end as sort,
        case when not was_in then '+' when not is_in then '-' else '~' end || case when property = '*' then of_property || '/' else '' end || id as entry
    from in_cells
    where not (was_in and is_in) or is_judged_anew
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
        array_to_string(list(d.entry order by d.sort, d.id, d.of_property)[:20], ', ') as because
    from moved as m
    join cohorts as c using (metric)
    join named as d on d.cohort = c.cohort and d.period = m.period and d.property = m.property and d.zone = m.zone and d.category = m.category
    -- Complaints where no household is known aren't in the company's rate.
    where not c.is_per_household or m.property <> '*' or d.of_property in (select property from mart.household_months where zone = '*' and household_months.period = m.period)
    group by m.metric, m.property, m.zone, m.category, m.period
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
        case when c.is_per_household and not same_number(m.was_n, m.now_n) then concat_ws(', ', 'zones', d.because) else d.because end as because,
        coalesce(d.came, 0)::bigint as came,
        coalesce(d.went, 0)::bigint as went,
        coalesce(d.changed, 0)::bigint as changed,
        m.edition,
        m.was_x,
        m.was_n,
        m.now_x,
        m.now_n
    from moved as m
    join cohorts as c using (metric)
    join int.periods as p using (period)
    left join due_to as d using (metric, property, zone, category, period)
    order by m.metric, m.property, m.zone, m.category, p.period_kind, p.period_start
)

select * from final
