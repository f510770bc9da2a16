-- What: Whether stamp s lies before the end of the window of so many days that begins with stamp t, or even before t; by date where either is a day.
-- Args: s, s_day, t, t_day, days
-- Spec: §1 windows
case when s_day or t_day then s::date < t::date + days else s < t + to_days(days) end
