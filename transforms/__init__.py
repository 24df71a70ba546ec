"""The road from text to records: values in, values out, one file a station."""
