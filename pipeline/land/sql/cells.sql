-- The rows as text. Sniffing is off: it takes telephone numbers for numbers, and can't be done on a pipe.
create table cells as
from read_csv(
    {path},
    auto_detect = false,
    header = false,
    delim = ',',
    quote = '"',
    escape = '"',
    new_line = '\n',
    nullstr = '',
    max_line_size = 16777216,
    buffer_size = 33554432,
    columns = {{columns}}
)
