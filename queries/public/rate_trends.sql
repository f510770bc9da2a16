-- What:  Rates by month of a half-year: repairs on time, returns, satisfaction. By quarter where a month is too small, not at all where a quarter is.
-- Grain: one row per property, half-year, metric and month or quarter
-- Key:   property, period, metric, label
-- Spec:  §13 public figures, trends
with

spans as (
    select h.property, h.period, m.metric, s.period_kind as span, s.period as label, s.period_start
    from public.halves as h
    cross join (select unnest(['repair_on_time', 'rework', 'satisfied']) as metric) as m
    join mart.properties as p using (property)
    join mart.periods as s
        on s.period_start >= h.period_start and s.period_end <= h.period_end and s.period_end > p.first_on and s.period_kind in ('month', 'quarter')
),

rates as (
    select
        s.*,
        f.n is not null as is_there,
        public_rate(f.x, f.n) as value,
        -- None or all of them may be said; one to k-1 may not.
        f.value is not null and f.n >= 20 and not is_small(f.x) and not is_small(f.n - f.x) as is_safe
    from spans as s
    left join mart.figures as f on f.metric = s.metric and f.property = s.property and f.zone = '*' and f.category = '*' and f.period = s.label
),

-- What settles late, such as returns, has no figure before the first window has closed; from there on every month counts.
begun as (
    select property, period, metric, span, min(period_start) filter (where is_there) as begins
    from rates
    group by property, period, metric, span
),

safe as (
    select r.property, r.period, r.metric, r.span, bool_and(coalesce(r.is_safe, false)) as is_safe
    from rates as r
    join begun as b using (property, period, metric, span)
    where r.period_start >= b.begins
    group by r.property, r.period, r.metric, r.span
),

-- 'month' comes before 'quarter' in the alphabet as well as in preference.
chosen as (
    select property, period, metric, min(span) as span
    from safe
    where is_safe
    group by property, period, metric
),

final as (
    select r.property, r.period, r.metric, r.span, r.label, r.value, c.target
    from rates as r
    join chosen using (property, period, metric, span)
    join begun as b using (property, period, metric, span)
    left join mart.comparisons as c
        on c.metric = r.metric and c.property = r.property and c.zone = '*' and c.category = '*' and c.period = r.period
    where r.period_start >= b.begins
    order by r.property, r.period, r.metric, r.period_start
)

select * from final
