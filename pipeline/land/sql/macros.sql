create macro is_before(stamp, stamp_day, other, other_day) as
    case when stamp_day or other_day then stamp::date < other::date else stamp < other end;
