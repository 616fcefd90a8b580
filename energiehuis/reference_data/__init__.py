"""Outside tables: CSV files, each with a `.source.yaml` beside it that says where it is from."""
