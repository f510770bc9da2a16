-- What:  Works on public facilities that a notice of a month or half-year tells of: done in it, under way at its end, postponed, or planned next.
-- Grain: one row per work and period, numbered, without its id
-- Key:   property, period, position
-- Spec:  §13 half-year summary; product, R7
with

spans as (
    select p.property, s.period, s.period_kind, s.period_start, s.period_end
    from mart.properties as p
    join mart.periods as s on s.period_end > p.first_on and s.period_kind in ('month', 'half') and s.complete
),

-- What the board can't have is left out: a work without its title, a place, a paragraph.
refused as (
    select
        property,
        id as work_id,
        bool_or(field = 'title') as title,
        bool_or(field = 'location') as location,
        bool_or(field = 'public_text') as public_text
    from mart.staff_texts
    where kind = 'work' and refused_as is not null
    group by property, id
),

-- How each work stood at the end of the period.
stood as (
    select
        h.property,
        h.period,
        h.period_start,
        h.period_end,
        -- What is planned is told a half-year ahead; by the month, a quarter ahead.
        h.period_end + case when h.period_kind = 'half' then interval 6 months else interval 3 months end as told_until,
        w.* exclude (property, state, location, public_text),
        case when not coalesce(r.location, false) then w.location end as location,
        case when not coalesce(r.public_text, false) then w.public_text end as public_text,
        case
            when w.done_on < h.period_end or (w.state = 'done' and w.done_on is null) then 'done'
            when w.state = 'postponed' then 'postponed'
            when w.done_on >= h.period_end and coalesce(w.planned_from < h.period_end, false) then 'in_progress'
            when w.state = 'in progress' then 'in_progress'
            else 'planned'
        end as state
    from spans as h
    join mart.works as w using (property)
    left join refused as r on r.property = w.property and r.work_id = w.work_id
    where not coalesce(r.title, false)
),

told as (
    select
        *,
        case
            when state = 'done' and done_on is null then 'done_undated'
            when state = 'done' then 'done'
            when state = 'postponed' then 'postponed'
            when state = 'in_progress' and planned_to is null then 'in_progress_open'
            when state = 'in_progress' and planned_to < period_end then 'in_progress_late'
            when state = 'in_progress' then 'in_progress'
            when planned_from is null then 'planned_open'
            else 'planned'
        end as work_case
    from stood
    where
        (state = 'done' and coalesce(done_on, planned_to) >= period_start and coalesce(done_on, planned_to) < period_end)
        or (state = 'in_progress' and coalesce(planned_from < period_end, true))
        or (state = 'postponed' and coalesce(planned_from < period_end, true) and coalesce(planned_to >= period_start, true))
        or (state = 'planned' and planned_from >= period_end - 1 and planned_from < told_until)
),

final as (
    select
        property,
        period,
        row_number() over told_first as position,
        title,
        state,
        work_case,
        planned_from,
        planned_to,
        done_on,
        location,
        case when location is not null then 'placed' end as place_case,
        public_text
    from told
    window told_first as (
        partition by property, period
        order by list_position(['done', 'in_progress', 'postponed', 'planned'], state), coalesce(done_on, planned_to, planned_from) nulls last, title, work_id
    )
    order by property, period, position
)

select * from final
