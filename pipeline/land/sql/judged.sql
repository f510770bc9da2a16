-- The rows with typed values, and whether each can be used. The steps are apart because the engine binds an expression again for
-- each use of its alias in the same step.
create {what} judged as
with

timed as (
    select
        {timed}
    from given
),

typed as (
    select
        g.n,
        g.place,
        {values},
        {extra} as extra,
        {kept}
    from timed as g
    {joins}
)

select
    * exclude ({passing}),
    {content} as content,
    {bad} as bad
from typed
