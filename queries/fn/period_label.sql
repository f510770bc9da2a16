-- What: The name of the period of a kind that holds a date.
-- Args: kind, day
-- Spec: §0 periods
case kind
    when 'day' then strftime(day, '%Y-%m-%d')
    when 'week' then strftime(day, '%G-W%V')
    when 'month' then strftime(day, '%Y-%m')
    when 'quarter' then strftime(day, '%Y') || 'Q' || quarter(day)
    when 'half' then strftime(day, '%Y') || case when month(day) <= 6 then 'H1' else 'H2' end
    else strftime(day, '%Y')
end
