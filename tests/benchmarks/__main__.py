"""Run the benchmarks."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.benchmarks


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all, and print what each reports."""
    found = sorted(m.name for m in pkgutil.iter_modules(tests.benchmarks.__path__) if not m.name.startswith("_"))
    unknown = sorted(set(names) - set(found))
    if unknown:
        sys.stderr.write(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(found)}.\n")
        return 2
    for name in names or found:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        if hasattr(module, "run"):
            sys.stdout.write(f"== {name}\n{module.run()}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
