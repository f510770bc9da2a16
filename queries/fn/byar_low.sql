-- What: Lower limit of Byar's interval for a count x at z standard errors; 0 at 0.
-- Args: x, z
-- Spec: §0 intervals
case when x = 0 then 0.0 else x * power(1 - 1 / (9.0 * x) - z / (3 * sqrt(x)), 3) end
