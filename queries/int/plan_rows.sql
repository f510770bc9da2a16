-- What:  The rows of the inspection plan, and the last days of sub-periods for which each holds.
-- Grain: one row per touchpoint, sub-period and date from which a row holds
-- Key:   property, domain, touchpoint_key, per, valid_from
-- Spec:  §0 references, §1 inspection_plan_kept: without a date it holds from the property's first inspection on
with

firsts as (
    select property, min(dated_at)::date as first_on
    from int.inspections
    group by property
),

dated as (
    select
        k.property,
        p.domain,
        p.touchpoint,
        coalesce(p.touchpoint_key, '') as touchpoint_key,
        p.per,
        p.times,
        p.row_no,
        p.valid_from as given_from,
        coalesce(p.valid_from, f.first_on) as valid_from
    from ref.inspection_plan as p
    join stg.property_keys as k using (property_key)
    left join firsts as f on f.property = k.property
    where coalesce(p.valid_from, f.first_on) is not null
    qualify row_number() over (partition by k.property, p.domain, coalesce(p.touchpoint_key, ''), p.per, p.valid_from order by p.row_no desc) = 1
),

followed as (
    select
        * exclude (given_from),
        coalesce(
            lead(given_from) over (partition by property, domain, touchpoint_key, per order by given_from nulls first),
            date '9999-12-31'
        ) as valid_before
    from dated
),

-- A row without a date may be replaced before the first inspection.
final as (
    select * from followed where valid_from < valid_before
)

select * from final
