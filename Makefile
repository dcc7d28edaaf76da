# The doors of the project; each target sets up what it needs.
.PHONY: setup dev test check browser demo bench proof kills fuzz lock clean

PY := .venv/bin/python
UV := .tools/bin/uv
# The newest fit Python of the machine; name another one with HOST_PYTHON=...
HOST_PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12; do \
  $$name -c 'import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 15))' 2>/dev/null \
  && echo $$name && break; done)

# What is compiled where there is a C compiler; compiling again takes no time if nothing changed.
NATIVE := $(wildcard src/cleanclaim_x12/typed/*.p[xy][dx] src/cleanclaim_x12/typed/steps.py \
  src/cleanclaim_x12/typed/elements.py) src/cleanclaim_x12/hatch_build.py

setup: .venv/.runtime
dev: .venv/.dev

# uv lives apart, because a sync removes what is not in the lock.
$(UV):
	@[ -n "$(HOST_PYTHON)" ] \
	  || { echo "cleanclaim needs Python 3.12 to 3.14: install it, or name it with HOST_PYTHON=..."; exit 1; }
	@[ -w . ] || { echo "This folder cannot be written: clone the repository where you may write."; exit 1; }
	@$(HOST_PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@$(HOST_PYTHON) -m venv .tools
	@.tools/bin/python -m pip install --quiet --require-hashes -r requirements/uv.lock

.venv/.runtime: requirements/runtime.lock pyproject.toml src/cleanclaim_x12/pyproject.toml $(NATIVE) | $(UV)
	@[ -x $(PY) ] || $(UV) venv --quiet --python $$($(HOST_PYTHON) -c 'import sys; print(sys.executable)') .venv
	@[ -e .venv/.dev ] || $(UV) pip sync --quiet --python $(PY) --require-hashes requirements/runtime.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e src/cleanclaim_x12 -e .
	@$(PY) -P src/cleanclaim_x12/hatch_build.py
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.runtime
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements/dev.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e src/cleanclaim_x12 -e .
	@$(PY) -P src/cleanclaim_x12/hatch_build.py
	@touch $@

# The whole set-up, one billing day of two tenants, then the pages on https://localhost:8443.
demo: setup
	@.venv/bin/cleanclaim demo

test: check browser
	@$(PY) -m pytest

check: dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PY) -m pytest -q tests/house

# The system's Chromium for the browser tests, installed where we may.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	       && apt-get update -qq >/dev/null && apt-get install -qq -y chromium >/dev/null; } \
	  || echo "No Chromium here, so the browser tests are skipped: apt-get install chromium"

# Every speed and memory figure, with the peers beside it.
bench: dev
	@$(PY) -m benchmarks

# The long proofs whole, or those of one path: make proof ONLY=tests/trip. What they found is written
# to docs/reference/proof.json.
proof: dev
	@CLEANCLAIM_PROOF=whole $(PY) -m pytest -q -m proof $(ONLY)

# Kills at N random points of a billing day: make kills N=200
N ?= 200
kills: dev
	@CLEANCLAIM_PROOF=whole CLEANCLAIM_KILLS=$(N) $(PY) -m pytest -q -m kills tests/trip/test_kills.py

# Any bytes against the X12 engine, by what they reach in it: make fuzz SECONDS=3600
SECONDS ?= 3600
fuzz: dev | $(UV)
	@mkdir -p .state/fuzz && cd .state/fuzz && PYTHONPATH=../../src ../../$(UV) run -q --isolated \
	  --no-project --python ../../$(PY) --with atheris==3.1.0 --with msgspec \
	  python -m cleanclaim_x12.tests.fuzzing -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=1024

lock: | $(UV)
	@sh requirements/lock.sh

clean:
	rm -rf .venv .tools build dist src/cleanclaim_x12/typed/*.so
