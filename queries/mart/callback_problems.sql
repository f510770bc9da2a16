-- What:  Problems that callbacks found.
-- Grain: one row per attempt and problem
-- Key:   property, callback_id, problem
-- Spec:  §14 callback_problems
with

found as (
    select
        *,
        unnest(['not_resolved', 'fee', 'dissatisfied', 'issue']) as problem,
        unnest([
            coalesce(resolved = 'no', false),
            coalesce(fee_reasonable = 'no', false),
            coalesce(score <= 2, false),
            coalesce(issue_key not in ('無', '无', '無異常', '无异常', '正常', '合格'), false)
        ]) as applies
    from int.callback_attempts
),

final as (
    select property, callback_id, problem, ticket_id, zone, owner, called_at, issue
    from found
    where applies
    order by property, called_at, callback_id, problem
)

select * from final
