-- What:  What a half-year notice says first: how much came in, how repairs went, and which sentence fits.
-- Grain: one row per property and half-year
-- Key:   property, period
-- Spec:  §13 half-year summary
with

counts as (
    select
        h.property,
        h.period,
        coalesce(r.value, 0)::bigint as repairs,
        coalesce(c.value, 0)::bigint as complaints
    from public.halves as h
    left join mart.figures as r
        on r.metric = 'repairs' and r.property = h.property and r.zone = '*' and r.category = '*' and r.period = h.period
    left join mart.figures as c
        on c.metric = 'complaints' and c.property = h.property and c.zone = '*' and c.category = '*' and c.period = h.period
),

-- Complaints of the half before, as its notice said.
posted as (
    select property, period, (cells ->> 'complaints')::bigint as complaints
    from mart.posted_rows
    where report = 'R6' and relation = 'half_year_headline'
),

before as (
    select
        h.property,
        h.period,
        case when p.property is not null then p.complaints else coalesce(f.value, 0)::bigint end as complaints_before
    from public.halves as h
    left join posted as p on p.property = h.property and p.period = h.previous
    left join mart.figures as f
        on f.metric = 'complaints' and f.property = h.property and f.zone = '*' and f.category = '*' and f.period = h.previous
    where h.previous is not null
),

-- How long half of the jobs took at most, where there are enough of them.
speeds as (
    select
        h.property,
        h.period,
        max(f.value) filter (where f.metric = 'hours_to_respond_median') as hours_to_respond,
        max(f.value) filter (where f.metric = 'hours_to_complete_median') as hours_to_complete
    from public.halves as h
    join mart.figures as f
        on f.metric in ('hours_to_respond_median', 'hours_to_complete_median') and f.property = h.property and f.zone = '*' and f.category = '*' and f.period = h.period
    where f.n >= 20
    group by h.property, h.period
),

worded as (
    select
        *,
        case
            when repairs = 0 and complaints = 0 then 'nothing'
            when (repairs = 0 or is_small(repairs)) and (complaints = 0 or is_small(complaints)) then 'little'
            when repairs = 0 or is_small(repairs) then 'few_repairs'
            when complaints = 0 then 'no_complaints'
            when is_small(complaints) then 'few_complaints'
            else 'both'
        end as volume_case
    from counts
),

rates as (
    select
        property,
        period,
        metric,
        value,
        -- More and fewer are the words of a rate itself: more rework is worse.
        case
            when reading in ('almost_all', 'almost_none') then reading
            when value is null then null
            when change = 'none' then 'alone'
            when change = 'same' then 'same'
            when (change = 'better') = (metric = 'repair_on_time') then 'more'
            else 'fewer'
        end as sentence
    from public.half_year_figures
),

final as (
    select
        w.property,
        w.period,
        case when not is_small(w.repairs) then w.repairs end as repairs,
        case when not is_small(w.complaints) then w.complaints end as complaints,
        getvariable('public_min_count') as min_count,
        w.volume_case,
        o.value as repair_on_time,
        o.sentence as on_time_case,
        r.value as rework,
        r.sentence as rework_case,
        b.complaints_before,
        -- No word of change where either count may not be said, and none for a change that chance alone would bring.
        case
            when b.complaints_before is null or is_small(w.complaints) or is_small(b.complaints_before) or w.complaints = 0 then null
            when b.complaints_before > byar_high(w.complaints::double, z95()) then 'fewer'
            when b.complaints_before < byar_low(w.complaints::double, z95()) then 'more'
            else 'same'
        end as complaints_case,
        case
            when s.hours_to_respond is null then null
            when s.hours_to_respond < 1.5 then 'minutes'
            when s.hours_to_respond < 48 then 'hours'
            else 'days'
        end as respond_case,
        -- Rounded up: it is said that half of them took no longer.
        case
            when s.hours_to_respond < 1.5 then greatest(ceil(s.hours_to_respond * 12) * 5, 5)
            when s.hours_to_respond < 48 then ceil(s.hours_to_respond)
            else ceil(s.hours_to_respond / 24)
        end::bigint as respond_within,
        case when s.hours_to_complete is null then null when s.hours_to_complete < 48 then 'hours' else 'days' end as complete_case,
        case when s.hours_to_complete < 48 then ceil(s.hours_to_complete) else ceil(s.hours_to_complete / 24) end::bigint as complete_within,
        getvariable('rework_window_days') as window_days
    from worded as w
    left join before as b using (property, period)
    left join speeds as s using (property, period)
    left join rates as o on o.property = w.property and o.period = w.period and o.metric = 'repair_on_time'
    left join rates as r on r.property = w.property and r.period = w.period and r.metric = 'rework'
    order by w.property, w.period
)

select * from final
