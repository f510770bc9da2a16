-- What any model must at least do: one scan, one group-by with three quantiles, one window, over the same landed tickets.
-- Variables: files
select count(*), sum(spread), max(gap)
from (
    select
        quantile_cont(epoch(completed_at - registered_at), 0.5) + quantile_cont(epoch(completed_at - registered_at), 0.9) + quantile_cont(epoch(accepted_at - registered_at), 0.5) as spread,
        max(registered_at - previous) as gap
    from (
        select *, lag(registered_at) over (partition by property_key, building order by registered_at, ticket_id) as previous
        from read_parquet(getvariable('files'))
    )
    group by property_key, category, date_trunc('month', registered_at)
)
