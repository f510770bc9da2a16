-- What:  What became of the rows of the files that tell of a period: those dated in it, or within ten days after it.
-- Grain: one row per period, file and issue
-- Key:   period, source, file_date, digest, file, issue
with

final as (
    select p.period, q.source, q.file_date, q.digest, q.file, q.issue, q.rows
    from mart.data_quality as q
    join mart.periods as p on q.file_date >= p.period_start and q.file_date < p.period_end + 10
    where p.period_kind not in ('day', 'week')
    order by p.period_kind, p.period_start, q.source, q.file_date, q.file, q.digest, q.issue
)

select * from final
