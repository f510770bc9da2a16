-- What: The Monday of a date's week.
-- Args: date
-- Spec: §0 periods
date - (isodow(date) - 1)::int
