-- One row per rejected row and reason.
create table rejected as
with

bad as (
    select g.*, j.* exclude (n, place, bad)
    from judged as j
    join given as g using (n)
    where j.bad
),

reasons as (
    {reasons}
),

final as (
    select
        {landed} as landed,
        {kind} as kind,
        r.n as src_row,
        r.place as src_line,
        r.reason,
        r.field,
        r.header,
        r.value,
        to_json([{cells}])::varchar as cells
    from reasons as r
    join cells as c using (n)
    order by r.n, r.field, r.header, r.reason
)

select * from final
