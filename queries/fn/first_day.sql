-- What: The first day of the period of a kind that holds a date.
-- Args: kind, day
-- Spec: §0 periods
case kind
    when 'day' then day::date
    when 'half' then make_date(year(day), case when month(day) <= 6 then 1 else 7 end, 1)
    else date_trunc(kind, day)::date
end
