# Everything a person or the build does with this checkout. "make help" lists it.

PYTHON := .venv/bin/python
BIN := .venv/bin
HOME_OF_DEMO := $(CURDIR)/var
TESTED := src tests scripts hatch_build.py
# Our own block tags are indented like Django's.
DJHTML := $(BIN)/djhtml -t 2 $(foreach tag,panel table filterbar bulkbar dialog,-b $(tag),end$(tag))
TEMPLATES = $(shell find src -path '*/templates/*' -name '*.html')
PYTEST_ARGS ?=
# One worker a core, each with a database of its own; whoever is done takes work from the other.
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
PYTEST := $(PYTHON) -m pytest --numprocesses $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-sqlite test-postgresql check format lock messages bench read-score clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{ printf "  make %-16s %s\n", $$1, $$2 }'

setup: ## make .venv with the locked packages, compile messages, fetch fonts
	@scripts/setup

demo: setup ## start a filled demonstration on http://127.0.0.1:8000/ (PORT=... for another port)
	@THONGSUOT_HOME="$(HOME_OF_DEMO)" exec $(BIN)/thongsuot demo --port $(or $(PORT),8000)

test: setup check test-postgresql test-sqlite ## everything the build runs: checks, both databases, the browser

# The walk through the pages in a browser is part of this run; without Chromium it is skipped, loudly.
test-sqlite: ## all tests on SQLite, the walk through the pages in a browser too
	@echo "test: SQLite and the browser"
	@env -u DATABASE_URL $(PYTEST) $(PYTEST_ARGS)

# Of the browser's tests the walk itself is enough here: the others look at pages, not at the database. The formats
# know no database at all.
test-postgresql: ## all tests that know a database and the walk on a throwaway PostgreSQL
	@echo "test: PostgreSQL"
	@scripts/with_pg $(PYTEST) -m "not browser or walk" --ignore=tests/formats $(PYTEST_ARGS)

check: export THONGSUOT_SECRET_KEY = only-for-checks
check: export THONGSUOT_HOME = $(CURDIR)/var/checks
check: ## format, lint, types, import rules, templates, messages, migrations, settings
	@echo "check: ruff format"; $(BIN)/ruff format --check --output-format=concise --quiet $(TESTED)
	@echo "check: ruff"; $(BIN)/ruff check --quiet $(TESTED)
	@echo "check: mypy"; $(BIN)/mypy --no-error-summary
	@echo "check: imports"; said=$$($(BIN)/lint-imports 2>&1) || { echo "$$said"; exit 1; }
	@echo "check: templates"; $(if $(TEMPLATES),$(DJHTML) --check $(TEMPLATES))
	@echo "check: messages"; $(PYTHON) scripts/messages.py check
	@echo "check: migrations"; $(BIN)/thongsuot manage makemigrations --check --dry-run
	@echo "check: settings"; $(BIN)/thongsuot manage check --fail-level WARNING

format: ## format code and templates
	@$(BIN)/ruff check --quiet --fix $(TESTED) || true
	@$(BIN)/ruff format $(TESTED)
	@$(if $(TEMPLATES),$(DJHTML) $(TEMPLATES))

messages: ## refresh the Vietnamese catalogues from the sources and compile them
	@$(PYTHON) scripts/messages.py update
	@$(PYTHON) scripts/messages.py compile

lock: ## write requirements/*.txt from pyproject.toml (UPGRADE=1: the newest that fit)
	@scripts/lock $(if $(UPGRADE),--upgrade)

bench: setup ## measure what was promised: queries, ratios, start, memory, weight; both databases (SIZE=province or nation: more receipts)
	@env -u DATABASE_URL $(PYTHON) -m scripts.bench
	@env -u DATABASE_URL $(PYTHON) -m scripts.bench counted
	@scripts/with_pg $(PYTHON) -m scripts.bench pages sets
	@scripts/with_pg $(PYTHON) -m scripts.bench counted

read-score: setup ## measure the reader on the development papers, field by field and kind by kind
	@$(PYTHON) -m scripts.read_score --by doc_type

clean: ## delete what was made here, the demonstration's data too
	rm -rf .venv var node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage
	rm -rf src/thongsuot/core/ui/static/ui/fonts
	find src tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
