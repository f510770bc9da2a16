-- What: The first day of a date's month. Many millions of dates are brought to theirs, and date_trunc takes five times as long.
-- Args: date
-- Spec: §0 periods
date - (day(date) - 1)::int
