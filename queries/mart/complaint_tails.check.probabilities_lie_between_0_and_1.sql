-- What: Cells whose tail is no probability, or whose q is below it.
-- Stop: yes
select property, zone, category, period, x, mean, variance, tail, q
from mart.complaint_tails
where not (tail >= 0 and tail <= 1 + 1e-9 and q >= tail - 1e-9 and q <= 1)
