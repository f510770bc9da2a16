-- What:  Callbacks that count as attempts: after the completion, by a person; with what was answered.
-- Grain: one row per attempt
-- Key:   property, callback_id
-- Spec:  §4
with

answered as (
    select
        c.property,
        c.callback_id,
        c.ticket_id,
        c.called_at,
        c.called_at_day,
        c.caller,
        c.satisfaction is not null as has_score_cell,
        c.satisfaction_score as score,
        c.resolved_code as resolved,
        c.fee_reasonable_code as fee_reasonable,
        c.issue,
        c.issue_key,
        case
            when c.reached_code is not null then c.reached_code = 'yes'
            else coalesce(c.resolved_code, c.satisfaction_score::varchar, c.fee_reasonable_code) is not null
        end as is_reached
    from stg.callbacks as c
    where c.called_at < getvariable('as_of')
        and not coalesce(regexp_matches(c.method_key, '自動|自动|系統|系统|超時|超时'), false)
),

final as (
    select
        a.*,
        t.kind,
        t.zone,
        t.category,
        t.technician,
        t.owner,
        t.fee_charged,
        row_number() over (partition by a.property, a.ticket_id order by a.called_at, a.callback_id) as attempt_no
    from answered as a
    join int.tickets as t using (property, ticket_id)
    where t.is_counted and at_most(t.completed_at, t.completed_at_day, a.called_at, a.called_at_day)
)

select * from final
