-- The rejects, as they are landed.
copy (from rejected) to {path} (format parquet)
