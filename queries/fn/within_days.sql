-- What: Whether stamp s lies in the half-open window of so many days that begins with stamp t; by date, that of t included, where either is a day.
-- Args: s, s_day, t, t_day, days
-- Spec: §1 windows
coalesce(case
    when s_day or t_day then s::date >= t::date and s::date < t::date + days
    else s >= t and s < t + to_days(days)
end, false)
