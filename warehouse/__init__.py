"""The DuckDB warehouse: the only package that opens a database."""
