-- Codes that figures have in a dimension, with the names that staff may know them by.
-- Arguments: dimension (property, zone, category), property.
with

codes as (
    select distinct case $1 when 'property' then property when 'zone' then zone else category end as code
    from mart.figures
    where $1 = 'property' or $2 = '*' or property = $2
)

select c.code, n.zh_hant, n.zh_hans, n.en
from codes as c
left join mart.names as n on n.kind = $1 and n.code = c.code and ($1 <> 'zone' or $2 = '*' or n.property = $2)
order by c.code
