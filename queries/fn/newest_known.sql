-- What: The newest value of a field among the versions of a record whose file has a column for it.
-- Args: v, field, fields, version_no
-- Spec: §0 versions; an aggregate over the versions of one record
last(v order by version_no) filter (where list_contains(fields, field))
