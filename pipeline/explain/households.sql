-- The households under a rate: zone by zone, or property by property for the company, with the months of the period.
-- Arguments: property, zone, period.
select property, zone, households, household_months
from mart.household_months
where period = $3
    and property <> '*'
    and case
        when $1 = '*' then zone = '*'
        when $2 = '*' then property = $1 and zone <> '*'
        else property = $1 and zone = $2
    end
order by property, zone
