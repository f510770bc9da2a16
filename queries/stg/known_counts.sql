-- What:  Tickets whose exports have a column for how often they were reopened, or urged; of the others nothing is known.
-- Grain: one row per ticket with one of them
-- Key:   property, ticket_id
-- Spec:  §1 reopened, urged; §0 versions: a column that the newer file lacks keeps its newest known value
with

-- The same content may have been seen again in a narrower file: every sighting counts, not the newest of each content.
counting as (
    select
        landed,
        list_contains(fields, 'reopened_count') as has_reopened_count,
        list_contains(fields, 'urged_count') as has_urged_count
    from raw.file_fields
    where kind = 'tickets' and list_has_any(fields, ['reopened_count', 'urged_count'])
),

final as (
    select s.property, s.id as ticket_id, bool_or(c.has_reopened_count) as has_reopened_count, bool_or(c.has_urged_count) as has_urged_count
    from stg.sightings as s
    join counting as c using (landed)
    where s.kind = 'tickets'
    group by s.property, s.id
)

select * from final
