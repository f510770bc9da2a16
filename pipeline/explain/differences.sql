-- Who came since the period before, who went, and whose verdict changed. Those who stayed as they were are only counted.
-- Reads explained_now and explained_before, and keeps their order: first those that somebody will ask about.
with

beside as (
    select
        coalesce(a.property, b.property) as property,
        coalesce(a.id, b.id) as id,
        coalesce(a.zone, b.zone) as zone,
        coalesce(a.category, b.category) as category,
        coalesce(a.technician, b.technician) as technician,
        b.verdict as verdict_before,
        a.verdict as verdict_now,
        case when b.id is null then 'came' when a.id is null then 'went' when a.verdict <> b.verdict then 'changed' else 'stayed' end as change,
        coalesce(a.file, b.file) as file,
        coalesce(a.line, b.line) as line,
        coalesce(a.rowid, b.rowid) as place
    from explained_now as a
    full join explained_before as b on b.property = a.property and b.id = a.id
)

select change, property, id, zone, category, technician, verdict_before, verdict_now, file, line
from beside
order by list_position(['changed', 'came', 'went', 'stayed'], change), place, property, id
