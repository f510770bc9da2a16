-- What:  The rates of a half-year as residents read them: now, the half before, a year before, the target, and whether that is better or worse.
-- Grain: one row per property, half-year and metric
-- Key:   property, period, metric
-- Spec:  §13 public figures, §0 improvement and decline
with

-- The rates that concern residents, in the order in which a notice lists them.
shown as (
    select metric, row_number() over () as position
    from (
        select unnest([
            'repair_on_time', 'complaint_on_time', 'emergency_arrival', 'rework', 'satisfied', 'callback_on_time', 'missed_orders',
            'fee_unreasonable', 'lighting_intact', 'rectified'
        ]) as metric
    )
),

figures as (
    select f.metric, f.property, f.period, f.x, f.n, f.value, f.low, f.high
    from mart.figures as f
    join shown using (metric)
    where f.zone = '*' and f.category = '*' and f.property <> '*'
),

-- What residents read at the time, where a notice was posted for the period; else what it would have said.
posted as (
    select
        property,
        period,
        cells ->> 'metric' as metric,
        (cells ->> 'value')::double as rate,
        cells ->> 'reading' as reading
    from mart.posted_rows
    where report = 'R6' and relation = 'half_year_figures'
),

notices as (
    select distinct property, period from mart.posted_rows where report = 'R6'
),

earlier as (
    select
        f.metric,
        f.property,
        f.period,
        f.value,
        case when n.property is not null then p.rate else public_rate(f.x, f.n) end as rate,
        case when n.property is not null then p.reading else public_reading(f.x, f.n) end as reading
    from figures as f
    left join notices as n using (property, period)
    left join posted as p using (property, period, metric)
    where f.value is not null
),

-- The target of the half that follows, as far as it is known.
next_targets as (
    select h.property, h.period, t.metric, t.target
    from public.halves as h
    join ref.targets as t on t.is_default or t.valid_from is null or t.valid_from < h.period_end + interval 6 months
    qualify row_number() over (partition by h.property, h.period, t.metric order by t.is_default, t.valid_from desc nulls last, t.row_no desc) = 1
),

compared as (
    select
        h.property,
        h.period,
        s.metric,
        s.position,
        f.value is not null as is_measured,
        f.value,
        f.low,
        f.high,
        public_rate(f.x, f.n) as rate,
        public_reading(f.x, f.n) as reading,
        b.value as value_before,
        b.rate as rate_before,
        b.reading as reading_before,
        y.rate as rate_year_before,
        y.reading as reading_year_before,
        c.target,
        c.floor,
        t.target as next_target,
        c.light = 'green' as is_met,
        c.light = 'red' and not c.unsure as is_below_floor
    from public.halves as h
    cross join shown as s
    join figures as f on f.metric = s.metric and f.property = h.property and f.period = h.period
    left join earlier as b on b.metric = s.metric and b.property = h.property and b.period = h.previous
    left join earlier as y on y.metric = s.metric and y.property = h.property and y.period = h.year_before
    left join next_targets as t on t.property = h.property and t.period = h.period and t.metric = s.metric
    left join mart.comparisons as c
        on c.metric = s.metric and c.property = h.property and c.zone = '*' and c.category = '*' and c.period = h.period
),

judged as (
    select
        *,
        case
            when rate is null or rate_before is null or target is null then 'none'
            -- What looks the same on paper isn't called a change.
            when rate = rate_before or value_before between low and high then 'same'
            when points(value, target, floor) - points(value_before, target, floor) >= 5 then 'better'
            when points(value, target, floor) - points(value_before, target, floor) <= -5 then 'worse'
            else 'same'
        end as change
    from compared
    where is_measured
),

final as (
    select
        property,
        period,
        metric,
        rate as value,
        reading,
        rate_before as before,
        reading_before as before_reading,
        rate_year_before as year_before,
        reading_year_before as year_before_reading,
        target,
        case when rate is null or target is null then null when is_met then 'met' else 'missed' end as target_case,
        next_target,
        change,
        rate is not null and coalesce(is_below_floor, false) as below_floor,
        getvariable('rework_window_days') as window_days,
        position
    from judged
    order by property, period, position
)

select * from final
