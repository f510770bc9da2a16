-- What:  Zones of a property in a half-year, small ones joined as "other"; no row where only that would be left. A corrected edition keeps the zones of the one it corrects.
-- Grain: one row per property, half-year and zone
-- Key:   property, period, zone
-- Spec:  §13 public figures
with

-- A zone that the reference doesn't name may be a word from a ticket, and is never printed.
listed as (
    select z.property, z.zone, n.code is not null as is_named
    from mart.zones as z
    left join mart.names as n on n.kind = 'zone' and n.property = z.property and n.code = z.zone
),

notices as (
    select distinct property, period from mart.posted_rows where report = 'R6'
),

posted as (
    select property, period, cells ->> 'zone' as zone
    from mart.posted_rows
    where report = 'R6' and relation = 'zones'
),

figures as (
    select
        h.property,
        h.period,
        l.zone,
        any_value(l.is_named) as is_named,
        any_value(m.households) as households,
        coalesce(max(f.value) filter (where f.metric = 'complaints'), 0)::bigint as complaints,
        coalesce(max(f.x) filter (where f.metric = 'repair_on_time'), 0) as on_time_x,
        coalesce(max(f.n) filter (where f.metric = 'repair_on_time'), 0) as on_time_n,
        coalesce(max(f.not_measurable) filter (where f.metric = 'repair_on_time'), 0) as on_time_unknown,
        coalesce(max(f.x) filter (where f.metric = 'rework'), 0) as rework_x,
        coalesce(max(f.n) filter (where f.metric = 'rework'), 0) as rework_n,
        coalesce(max(f.not_measurable) filter (where f.metric = 'rework'), 0) as rework_unknown,
        coalesce(max(f.x) filter (where f.metric = 'satisfied'), 0) as satisfied_x,
        coalesce(max(f.n) filter (where f.metric = 'satisfied'), 0) as satisfied_n,
        coalesce(max(f.not_measurable) filter (where f.metric = 'satisfied'), 0) as satisfied_unknown
    from public.halves as h
    join listed as l using (property)
    left join mart.household_months as m on m.property = h.property and m.zone = l.zone and m.period = h.period
    left join mart.figures as f
        on f.property = h.property and f.zone = l.zone and f.category = '*' and f.period = h.period
        and f.metric in ('complaints', 'repair_on_time', 'rework', 'satisfied')
    group by h.property, h.period, l.zone
),

judged as (
    select
        *,
        is_small(complaints) or on_time_n between 1 and 19 or rework_n between 1 and 19 or satisfied_n between 1 and 19 as is_small_row,
        complaints + on_time_n + rework_n + satisfied_n = 0 as is_zero,
        -- Where the reference gives no households at all, nobody can tell how many there are, and the counts alone decide. What is
        -- no zone, such as tickets without one, has none.
        case when is_named and bool_or(households > 0) over (partition by property, period) then coalesce(households, 0) end as people
    from figures
),

-- Zones below 50 households, and the next smaller ones until they are 50 together.
peopled as (
    select
        *,
        people < 50 or (
            bool_or(people < 50) over (partition by property, period)
            and coalesce(sum(people) over (partition by property, period order by people, zone rows between unbounded preceding and 1 preceding), 0) < 50
        ) as is_thin
    from judged
),

begun as (
    select
        p.*,
        n.property is not null as is_corrected,
        case
            when n.property is not null then k.zone is null
            else not p.is_named or coalesce(p.is_thin, false) or p.is_small_row
                or (p.is_zero and bool_or(p.is_small_row) over (partition by p.property, p.period))
        end as is_other
    from peopled as p
    left join notices as n using (property, period)
    left join posted as k using (property, period, zone)
),

-- What "other" holds if the zones up to this one, smallest first, join it too.
grown as (
    select
        *,
        row_number() over smallest_first as step,
        sum(complaints) over smallest_first as sum_complaints,
        sum(on_time_n) over smallest_first as sum_on_time,
        sum(rework_n) over smallest_first as sum_rework,
        sum(satisfied_n) over smallest_first as sum_satisfied,
        sum(people) over smallest_first as sum_people,
        bool_or(not is_small_row and not is_zero) over smallest_first as has_solid,
        count(*) filter (where is_other) over (partition by property, period) as begun_with
    from begun
    window smallest_first as (partition by property, period order by is_other desc, complaints, on_time_n, zone rows unbounded preceding)
),

-- Those that must join, and then as few as make the sums safe, one of them not small; all of them where none does.
needed as (
    select
        property,
        period,
        case
            when any_value(begun_with) = 0 or any_value(is_corrected) then any_value(begun_with)
            -- What joins without a single complaint, repair or call shows nothing, and needs nobody to hide among.
            when bool_and(is_zero) filter (where is_other) then any_value(begun_with)
            else coalesce(
                min(step) filter (
                    where step >= begun_with and has_solid and not is_small(sum_complaints) and sum_on_time not between 1 and 19
                    and sum_rework not between 1 and 19 and sum_satisfied not between 1 and 19 and coalesce(sum_people >= 50, true)
                ),
                count(*)
            )
        end as joining
    from grown
    group by property, period
),

joined as (
    select
        g.property,
        g.period,
        case when g.step <= n.joining then 'other' else g.zone end as zone,
        any_value(g.is_corrected) as is_corrected,
        sum(complaints)::bigint as complaints,
        sum(on_time_x) as on_time_x,
        sum(on_time_n) as on_time_n,
        sum(on_time_unknown) as on_time_unknown,
        sum(rework_x) as rework_x,
        sum(rework_n) as rework_n,
        sum(rework_unknown) as rework_unknown,
        sum(satisfied_x) as satisfied_x,
        sum(satisfied_n) as satisfied_n,
        sum(satisfied_unknown) as satisfied_unknown
    from grown as g
    join needed as n using (property, period)
    group by all
),

measured as (
    select
        * replace (
            case when on_time_unknown <= 0.2 * (on_time_n + on_time_unknown) then on_time_n end as on_time_n,
            case when rework_unknown <= 0.2 * (rework_n + rework_unknown) then rework_n end as rework_n,
            case when satisfied_unknown <= 0.2 * (satisfied_n + satisfied_unknown) then satisfied_n end as satisfied_n
        )
    from joined
    -- "Other" without anything in it would say nothing.
    where zone <> 'other' or complaints + on_time_n + rework_n + satisfied_n > 0
),

-- A zone that a corrected edition keeps may have become small: then it is said to be few, and the smallest of the others is withheld,
-- or the total would tell.
weighed as (
    select
        *,
        is_small(complaints) as is_few,
        row_number() over (partition by property, period order by is_small(complaints), complaints, zone) = 1
            and bool_or(is_small(complaints)) over (partition by property, period) as is_withheld
    from measured
),

final as (
    select
        property,
        period,
        zone,
        case when not is_few and not is_withheld then complaints end as complaints,
        case when is_few then 'fewer' when is_withheld then 'withheld' end as complaints_reading,
        public_rate(on_time_x, on_time_n) as repair_on_time,
        public_reading(on_time_x, on_time_n) as repair_on_time_reading,
        public_rate(rework_x, rework_n) as rework,
        public_reading(rework_x, rework_n) as rework_reading,
        public_rate(satisfied_x, satisfied_n) as satisfied,
        public_reading(satisfied_x, satisfied_n) as satisfied_reading
    from weighed
    qualify bool_or(zone <> 'other') over (partition by property, period)
    order by property, period, zone = 'other', zone
)

select * from final
