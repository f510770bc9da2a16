-- What: Whether stamp a is at or before stamp b; by date where either is known to the day only.
-- Args: a, a_day, b, b_day
-- Spec: §0 precision
case when a_day or b_day then a::date <= b::date else a <= b end
