-- What: Lower limit of Wilson's interval for x of n at z standard errors; empty without a denominator.
-- Args: x, n, z
-- Spec: §0 intervals
case when n > 0 then greatest(0.0, (x + z * z / 2 - z * sqrt(greatest(0.0, x * (n - x) / n + z * z / 4))) / (n + z * z)) end
