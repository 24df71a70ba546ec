"""Reading, wiring and running: the sources, the Prefect flows and the command line."""
