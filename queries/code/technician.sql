-- What:  Every name, or list of names, that a row may have for its technicians.
-- Grain: one row per text
-- Key:   technician
-- Spec:  §10
with

given as (
    select technician from int.tickets
    union select technician from int.job_technicians
),

final as (
    select technician
    from given
    where technician is not null
    order by technician
)

select * from final
