"""Reading, wiring and running: the sources, the Prefect flows and the command line."""

import os

# Prefect reports its use to its makers unless told otherwise, and is told before it is imported.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")

# Sums must come out the same on one core and on many, so arithmetic keeps to one thread; set before numpy is imported.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
