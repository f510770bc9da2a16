-- What: Members that no figure counts, since the day they are counted on is missing, is not before D, or lies before everything else.
-- Stop: no
with

span as (
    select min(period_start) as first_day from mart.periods where period_kind = 'year'
),

final as (
    select m.cohort, m.property, m.id, m.counted_on
    from query_table(getvariable('cohorts'), true) as m
    cross join span as s
    where m.counted_on is null or m.counted_on >= getvariable('as_of') or m.counted_on < s.first_day
    order by m.cohort, m.property, m.id
)

select * from final
