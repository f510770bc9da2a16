-- What: Whether stamp r lies in the half-open window of so many days that begins with stamp c; by date, on a later one, where either is a day.
-- Args: r, r_day, c, c_day, days
-- Spec: §2
case
    when r_day or c_day then r::date > c::date and r::date < c::date + days
    else r >= c and r < c + to_days(days)
end
