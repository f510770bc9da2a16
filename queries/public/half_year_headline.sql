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
        getvariable('rework_window_days') as window_days
    from worded as w
    left join rates as o on o.property = w.property and o.period = w.period and o.metric = 'repair_on_time'
    left join rates as r on r.property = w.property and r.period = w.period and r.metric = 'rework'
    order by w.property, w.period
)

select * from final
