# Every command a developer needs. `make` alone lists them.
# To choose the Python yourself: make demo PYTHON=/path/to/python3.12

.DEFAULT_GOAL := help
.SUFFIXES:

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
SPARK := $(VENV)/.spark

# pip asks nothing, and says only what went wrong.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

# The lock is made by the oldest Python that is supported: what only it needs is then in the lock too.
LOCK_PYTHON ?= python3.11
LOCK_VENV := .venv-lock
PIP_TOOLS := pip-tools==7.6.2

# Tests share the cores, file by file in order of their names: the last are short, so no core ends long before another.
PYTEST_ARGS ?= -n auto --dist loadfile --no-loadscope-reorder

.PHONY: help demo run test check postgresql spark cluster bench bench-fleet bench-cluster docs format lock lock-cluster clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1	\2/p' $(firstword $(MAKEFILE_LIST))

demo: $(READY) ## install, then run the main job on the example CPL
	@$(BIN)/firmpath demo

run: $(READY) ## serve the register on this machine, with the example CPL
	@$(BIN)/firmpath serve --with-example

check: $(READY) ## style, formatting, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	FIRMPATH_DATA_DIR=.mypy_cache/register $(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports --no-logo

test: check ## all checks, then all tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

postgresql: $(READY) ## the register's tests once more, on a PostgreSQL server that they start
	FIRMPATH_TEST_DATABASE=postgresql $(BIN)/python -m pytest tests/registry $(PYTEST_ARGS)

spark: $(SPARK) ## install Spark besides, for plans on a cluster: 450 MB, some minutes, once

cluster: $(READY) $(SPARK) ## the tests of plans on a Spark cluster that they start
	FIRMPATH_TEST_SPARK=yes $(BIN)/python -m pytest tests/fleet/on_spark

bench: $(READY) ## measure speed; every figure is a ratio taken in one run
	$(BIN)/python -m benchmarks

bench-fleet: $(READY) ## measure plans for fleets; BENCH_ARGS='--devices 5000000' for a quick look
	$(BIN)/python -m benchmarks.fleet $(BENCH_ARGS)

bench-cluster: $(READY) $(SPARK) ## measure plans on a Spark cluster of this machine
	$(BIN)/python -m benchmarks.cluster $(BENCH_ARGS)

docs: $(READY) ## write the generated documentation anew
	$(BIN)/python -m tests.docs.generate

format: $(READY) ## put the code in the house's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## renew requirements.lock from pyproject.toml; make lock UPGRADE=1 takes newer releases
	@[ -x $(LOCK_VENV)/bin/pip-compile ] || { $(LOCK_PYTHON) -m venv $(LOCK_VENV) \
		&& $(LOCK_VENV)/bin/python -m pip --quiet --disable-pip-version-check install '$(PIP_TOOLS)'; }
	CUSTOM_COMPILE_COMMAND='make lock' $(LOCK_VENV)/bin/pip-compile --quiet --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe \
		--all-build-deps --extra fleet --extra registry --extra test $(if $(UPGRADE),--upgrade) --output-file requirements.lock pyproject.toml

lock-cluster: ## renew requirements-cluster.lock, for which all of Spark is downloaded
	@[ -x $(LOCK_VENV)/bin/pip-compile ] || { $(LOCK_PYTHON) -m venv $(LOCK_VENV) \
		&& $(LOCK_VENV)/bin/python -m pip --quiet --disable-pip-version-check install '$(PIP_TOOLS)'; }
	@$(LOCK_PYTHON) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['cluster'], sep='\n')" \
		| CUSTOM_COMPILE_COMMAND='make lock-cluster' $(LOCK_VENV)/bin/pip-compile --quiet --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras \
		--constraint requirements.lock $(if $(UPGRADE),--upgrade) --output-file requirements-cluster.lock -

clean: ## remove everything that make made
	rm -rf $(VENV) $(LOCK_VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find benchmarks src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made from nothing whenever what it is made from changes, so no leftover can hide a
# missing pin. A name such as python3.12 may be there and not run, so each is tried.
$(INSTALLED): pyproject.toml requirements.lock
	@for python in $(or $(PYTHON),python3.14 python3.13 python3.12 python3.11 python3); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Firmpath needs Python 3.11 or newer, and found none$(if $(PYTHON), at '$(PYTHON)')." >&2; \
		echo "Install one, or say where it is: make PYTHON=/path/to/python3.12" >&2; \
		exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python cannot make a virtual environment: its venv or ensurepip module is missing." >&2; \
		echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; \
	fi; \
	echo "Installing into $(VENV) with $$($$python -V); this takes about half a minute, once." >&2; \
	"$$python" -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --only-binary :all: --requirement requirements.lock
	@$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	@touch $@

# Spark is published as source alone. Its build has what it needs here, and fetches nothing.
$(SPARK): $(INSTALLED) requirements-cluster.lock
	@echo "Installing Spark into $(VENV); this takes a few minutes, once." >&2
	@$(PIP) install --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation --use-pep517 \
		--requirement requirements-cluster.lock
	@touch $@

# The project is installed in place, so what is edited is what runs. Start-up then hangs on the bytecode, which
# some environments forbid Python to write on its own.
$(READY): $(INSTALLED) $(shell find src -name '*.py')
	@$(BIN)/python -m compileall -q src
	@touch $@
