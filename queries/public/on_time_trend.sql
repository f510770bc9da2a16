-- What:  Repairs done on time by month of a half-year; by quarter where a month is too small, not at all where a quarter is.
-- Grain: one row per property, half-year and month or quarter
-- Key:   property, period, label
-- Spec:  §13 public figures, trends
with

spans as (
    select h.property, h.period, s.period_kind as span, s.period as label, s.period_start
    from public.halves as h
    join mart.properties as p using (property)
    join mart.periods as s
        on s.period_start >= h.period_start and s.period_end <= h.period_end and s.period_end > p.first_on and s.period_kind in ('month', 'quarter')
),

rates as (
    select
        s.*,
        public_rate(f.x, f.n) as value,
        -- None or all of them may be said; one to k-1 may not.
        f.value is not null and f.n >= 20 and not is_small(f.x) and not is_small(f.n - f.x) as is_safe
    from spans as s
    left join mart.figures as f
        on f.metric = 'repair_on_time' and f.property = s.property and f.zone = '*' and f.category = '*' and f.period = s.label
),

safe as (
    select property, period, span, bool_and(coalesce(is_safe, false)) as is_safe
    from rates
    group by property, period, span
),

-- 'month' comes before 'quarter' in the alphabet as well as in preference.
chosen as (
    select property, period, min(span) as span
    from safe
    where is_safe
    group by property, period
),

final as (
    select r.property, r.period, r.span, r.label, r.value, c.target
    from rates as r
    join chosen using (property, period, span)
    left join mart.comparisons as c
        on c.metric = 'repair_on_time' and c.property = r.property and c.zone = '*' and c.category = '*' and c.period = r.period
    order by r.property, r.period, r.period_start
)

select * from final
