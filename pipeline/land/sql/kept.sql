-- Rows as they stand in the export, as they are landed.
copy (from kept) to {path} (format parquet, row_group_size {rows})
