-- What: The word that stands in place of a rate of x in n on the notice board; null where the rate itself may stand, or there is none.
-- Args: x, n
-- Spec: §13 public figures
case
    when n is null or n = 0 then null
    when n < 20 then 'too_few'
    when is_small(x) and is_small(n - x) then 'too_few'
    when is_small(x) then 'almost_none'
    when is_small(n - x) then 'almost_all'
end
