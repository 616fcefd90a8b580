# `make help` says what can be done. A bare Debian with python3, python3-venv and make is enough.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
BIN := .venv/bin
PEERS := .venv-benchmark
PIP := -m pip --disable-pip-version-check --no-input
T ?=
M ?=
G ?=

help: ## Say what can be done
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Every day
run: .venv/ready ## Install if needed, migrate, load the demo region once, serve on 127.0.0.1:8000
	@exec $(BIN)/energiehuis demo
test: .venv/ready-test ## All tests on both databases; one file with T=tests/energiehuis/loans
	$(BIN)/pytest $(if $(T),$(T),-n auto)
format: .venv/ready-test ## Put the code in its form
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

##@ Before it lands
lint: .venv/ready-test ## Style, types, imports, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell
check: lint test ## What a reviewer expects to be green

##@ Now and then
database: .venv/ready ## Bring the database of the settings to the newest schema
	$(BIN)/energiehuis db upgrade
migration: .venv/ready ## New migration: make migration M="loans: add settled_on"
	@[ -n "$(M)" ] || { echo 'Say what it does: make migration M="loans: add settled_on"'; exit 1; }
	$(BIN)/energiehuis db new-migration "$(M)"
benchmark: .venv/ready-test $(PEERS)/ready ## Measure against peers, as ratios; one group with G=engine
	$(BIN)/python -m benchmarks $(G)
lock: $(BIN)/uv ## Write the hashed lock files anew from setup.cfg
	$(call compile,run.txt,)
	$(call compile,lock.txt,--extra test)
	$(call compile,benchmark.txt,--extra benchmark --constraint requirements/lock.txt)

# The environment: what a lock file names, each file checked by its hash, then this project.
.venv/ready: requirements/run.txt setup.cfg pyproject.toml | $(BIN)/python
	$(call install,$(BIN),requirements/run.txt)
	@touch $@
.venv/ready-test: requirements/lock.txt setup.cfg pyproject.toml | $(BIN)/python
	$(call install,$(BIN),requirements/lock.txt)
	@touch .venv/ready $@
# The peers of a benchmark have their own: pyarrow loads pandas wherever it finds it.
$(PEERS)/ready: requirements/benchmark.txt setup.cfg pyproject.toml | $(PEERS)/bin/python
	$(call install,$(PEERS)/bin,requirements/benchmark.txt)
	@touch $@
$(BIN)/python $(PEERS)/bin/python:
	@echo "Making $(@:/bin/python=)"
	@python3 -m venv $(@:/bin/python=) || { rm -rf $(@:/bin/python=); echo "python3 -m venv failed: apt-get install python3-venv"; exit 1; }
$(BIN)/uv: | $(BIN)/python
	$(BIN)/python $(PIP) install uv

# One line for each package that is read; what goes wrong is shown as pip says it.
define install
@echo "Installing $(2), once; this can take a minute"
@$(1)/python $(PIP) install --require-hashes -r $(2) | sed -un -e 's/^Collecting \([^ ]*\).*/  \1/p' -e 's/^Installing collected packages:.*/Unpacking/p'
@$(1)/python $(PIP) install --quiet --no-deps -e .
@echo "Installed"
endef

define compile
{ echo "# Made by \`make lock\` from setup.cfg; every file of every package is known by its hash."; \
  $(BIN)/uv pip compile --quiet setup.cfg $(2) --universal --generate-hashes --no-annotate \
    --no-header --no-emit-index-url --no-emit-find-links; } > requirements/$(1).new
mv requirements/$(1).new requirements/$(1)
endef

.PHONY: help run test format lint check database migration benchmark lock
