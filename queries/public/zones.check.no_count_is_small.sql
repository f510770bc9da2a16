-- What: Rows of zones that would point at few households: a count of 1 to k-1, a zone without a name, or fewer than 50 households.
-- Stop: yes
with

few as (
    select z.property, z.period, z.zone, z.complaints, m.households
    from public.zones as z
    left join mart.household_months as m on m.property = z.property and m.zone = z.zone and m.period = z.period
    left join mart.names as n on n.kind = 'zone' and n.property = z.property and n.code = z.zone
    where is_small(z.complaints) or m.households < 50 or (n.code is null and z.zone <> 'other')
)

select * from few
