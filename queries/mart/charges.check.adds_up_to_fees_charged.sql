-- What: Properties whose list of charges doesn't come to the fees that their months sum.
-- Stop: yes
with

listed as (
    select property, sum(fee_charged) as fees from mart.charges group by property
),

counted as (
    select property, sum(x::decimal(18, 2)) as fees
    from mart.figures
    where metric = 'fees_charged' and property <> '*' and zone = '*' and category = '*' and period_kind = 'month'
    group by property
),

-- A fee below nothing, a refund, is in the figure and on no list.
refunded as (
    select property, sum(fee_charged) as fees
    from int.tickets
    where is_counted and kind = 'repair' and completed_at is not null and fee_charged < 0
    group by property
),

final as (
    select coalesce(l.property, c.property) as property, coalesce(l.fees, 0) as listed, coalesce(c.fees, 0) - coalesce(r.fees, 0) as counted
    from listed as l
    full join counted as c using (property)
    left join refunded as r on r.property = coalesce(l.property, c.property)
    where coalesce(l.fees, 0) <> coalesce(c.fees, 0) - coalesce(r.fees, 0)
)

select * from final
