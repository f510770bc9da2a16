-- What: Upper limit of Byar's interval for a count x at z standard errors.
-- Args: x, z
-- Spec: §0 intervals
(x + 1) * power(1 - 1 / (9.0 * (x + 1)) + z / (3 * sqrt(x + 1)), 3)
