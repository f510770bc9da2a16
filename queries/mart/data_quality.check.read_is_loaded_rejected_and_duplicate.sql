-- What: Files whose rows read are not those loaded, rejected and duplicate: a row was lost or made up.
-- Stop: yes
with

final as (
    select
        source,
        file_date,
        digest,
        file,
        sum(rows) filter (where issue = 'read') as read,
        sum(rows) filter (where issue in ('loaded', 'rejected', 'duplicate')) as accounted
    from mart.data_quality
    group by source, file_date, digest, file
    having read <> accounted
)

select * from final
