# make run    set up and carry seeds/news into the warehouse
# make test   set up and pass the tests
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check setup soak benchmark clean

run: setup
	$(BIN)/wirehouse run seeds/news

test: setup
	$(BIN)/python -m pytest -m "not soak" -n 2 --dist loadfile

soak: setup
	$(BIN)/python -m pytest -m soak

benchmark: setup
	$(BIN)/python -m tests.benchmarks

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint warehouse/sql

setup: .venv/.ok

# The stamp is newer than the lock: everything locked is installed.
.venv/.ok: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@

clean:
	rm -rf .venv .prefect warehouse/*.duckdb warehouse/*.duckdb.wal warehouse/raw warehouse/work
