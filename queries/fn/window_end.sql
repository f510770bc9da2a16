-- What: The end of the half-open window of so many days that begins with stamp t; a day's window ends at 00:00.
-- Args: t, t_day, days
-- Spec: §1 windows
case when t_day then t::date + days else t + to_days(days) end::timestamp
