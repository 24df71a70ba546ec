"""What a row is: records, tables, closed lists, errors.  Imports nothing else of the project."""
