"""The sources: one reader a format, none of which knows Prefect."""
