-- What: Calendar hours from stamp a to stamp b; null (not measurable) where either is known to the day only, or b lies before a.
-- Args: a, a_day, b, b_day
-- Spec: §0 precision
case when a_day or b_day or b < a then null else date_diff('microsecond', a, b) / 3600000000.0::double end
