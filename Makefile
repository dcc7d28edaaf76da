# The doors of the project; each target sets up what it needs.
.PHONY: setup dev test check lock clean

PY := .venv/bin/python
UV := .tools/bin/uv
HOST_PYTHON ?= python3

setup: .venv/.runtime
dev: .venv/.dev

# uv lives apart, because a sync removes what is not in the lock.
$(UV):
	@$(HOST_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' \
	  || { echo "cleanclaim needs Python 3.12 or newer: install it, or name it with HOST_PYTHON=..."; exit 1; }
	@$(HOST_PYTHON) -m venv .tools || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@.tools/bin/python -m pip install --quiet --require-hashes -r requirements/uv.lock

.venv/.runtime: requirements/runtime.lock pyproject.toml src/cleanclaim_x12/pyproject.toml | $(UV)
	@[ -x $(PY) ] || $(UV) venv --quiet --python $$($(HOST_PYTHON) -c 'import sys; print(sys.executable)') .venv
	@[ -e .venv/.dev ] || $(UV) pip sync --quiet --python $(PY) --require-hashes requirements/runtime.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e src/cleanclaim_x12 -e .
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.runtime
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements/dev.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e src/cleanclaim_x12 -e .
	@touch $@

test: check
	@$(PY) -m pytest

check: dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

lock: | $(UV)
	@sh requirements/lock.sh

clean:
	rm -rf .venv .tools build dist
