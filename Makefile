# `make demo` and `make test` do everything from a fresh clone; they need Python 3.11 or newer, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo screenshots test lint format types check clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*##/	/' | expand -t 12

install: $(STAMP) ## Set up .venv with provcheck and the tools of its developers

# pdqhash is compiled; without a compiler the tests that hold our PDQ codes against it are skipped.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("provcheck needs Python 3.11 or newer, this is %s; try make PYTHON=python3.12" \
	    % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[conformance]' >$(VENV)/conformance.log 2>&1 \
	    || echo "Note: pdqhash was not built (see $(VENV)/conformance.log); the tests that compare with it are skipped."
	@touch $@

demo: $(STAMP) ## Check the sample releases against the sample corpus
	@$(BIN)/provcheck demo

screenshots: $(STAMP) ## Take the pictures of our pages that README shows (needs Chromium)
	@$(BIN)/python samples/screenshots.py

test: $(STAMP) ## Run the tests; PYTEST_ARGS are passed on
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(STAMP) ## Look for mistakes and for what is not formatted
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(STAMP) ## Format the code
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

types: $(STAMP) ## Check the types
	@$(BIN)/mypy

check: lint types test ## Everything that has to pass

clean: ## Remove what was made
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
