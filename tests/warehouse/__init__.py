"""The warehouse, without the road to it: rows made up here, loaded, read, damaged, healed."""
