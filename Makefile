# `make reports` and `make test` are the two commands; each does all the set-up it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
export UV_SYSTEM_CERTS := true
export MPLBACKEND := Agg

.PHONY: setup reports messages test test-all lint lab docs bench lock lock-bench clean wheel

setup: $(VENV)/.ready

# uv comes by pip, checked by nothing else on the machine; everything after it by hash.
$(VENV)/.ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

reports: setup
	$(BIN)/demine check
	$(BIN)/demine render --all

# Texts of the reports for translation: catalogues brought up to date, and what is left to do.
messages: setup
	$(BIN)/python -m demine_analysis.report.messages

# Three processes for two cores: many tests wait for a kernel.
test: setup
	$(BIN)/pytest -n 3 --dist loadfile -m "not slow"

test-all: setup
	$(BIN)/pytest -n 3 --dist loadfile

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: setup
	$(BIN)/jupyter lab --notebook-dir notebooks

# Warnings are errors: a link that leads nowhere is one.
docs: setup
	$(BIN)/sphinx-build --quiet --fail-on-warning --conf-dir docs --doctree-dir build/doctrees . build/docs

wheel: setup
	VIRTUAL_ENV=$(VENV) $(BIN)/uv build --wheel --no-build-isolation --quiet

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --all-extras --group dev pyproject.toml --output-file requirements.lock

# Peers live beside the project, with their own lock: nothing of theirs is needed otherwise.
bench: $(VENV)-bench/.ready
	$(VENV)-bench/bin/python benchmarks/reconcile.py
	$(VENV)-bench/bin/python benchmarks/withheld.py
	$(VENV)-bench/bin/python benchmarks/simulated.py
	$(VENV)-bench/bin/python benchmarks/misprints.py --seed 1
	$(VENV)-bench/bin/python benchmarks/backtest.py
	$(VENV)-bench/bin/python benchmarks/render.py
	$(VENV)-bench/bin/python benchmarks/crash.py

$(VENV)-bench/.ready: benchmarks/requirements.lock pyproject.toml | setup
	test -x $(VENV)-bench/bin/python || $(PYTHON) -m venv $(VENV)-bench
	VIRTUAL_ENV=$(VENV)-bench $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode benchmarks/requirements.lock
	VIRTUAL_ENV=$(VENV)-bench $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock-bench: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --all-extras --group dev --group bench pyproject.toml \
	  --output-file benchmarks/requirements.lock

clean:
	rm -rf $(VENV) $(VENV)-bench $(VENV)-other build dist reports/site
