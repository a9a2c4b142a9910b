# Two commands matter: `make serve` shows the site, `make test` proves it. Both set up what they need in .venv.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/
# Tests wait for browsers and servers half of the time.
JOBS ?= $(shell expr 2 '*' "$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)")
INPUTS := pyproject.toml constraints.txt hatch_build.py package.json package-lock.json

.DEFAULT_GOAL := help
.PHONY: help serve build check test lint format schemas locales bench bench-search bench-mirrors screenshots clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

serve: $(VENV)/.serve ## Build the site and show it at http://localhost:8000/, anew on every change
	@$(RUN)python hatch_build.py
	@$(RUN)auzolan serve

build: $(VENV)/.serve ## Build the site into output/
	@$(RUN)python hatch_build.py
	@$(RUN)auzolan build

check: $(VENV)/.serve ## Say what is wrong with the entries and articles
	@$(RUN)auzolan check

test: $(VENV)/.test ## Run all tests, those in the browser included (they need Chromium)
	@$(RUN)python hatch_build.py
	@command -v chromium >/dev/null || test -n "$$AUZOLAN_CHROMIUM" || { \
	  echo "The tests need Chromium. On Debian and Ubuntu: sudo apt-get install chromium" >&2; exit 1; }
	@$(MAKE) --no-print-directory lint
	@$(RUN)python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.test ## Check style and types
	@$(RUN)ruff check .
	@$(RUN)ruff format --check .
	@$(RUN)mypy

format: $(VENV)/.test ## Format the code
	@$(RUN)ruff check --fix .
	@$(RUN)ruff format .

schemas: $(VENV)/.test ## Write what is generated from the declarations anew: JSON Schemas, issue forms, docs/fields.md
	@AUZOLAN_UPDATE=1 $(RUN)python -m pytest -q tests/export/test_schemas_current.py tests/test_docs.py tests/test_issue_forms_current.py

locales: $(VENV)/.test ## Collect the sentences of the interface anew into theme/locales
	@AUZOLAN_UPDATE=1 $(RUN)python -m pytest -q tests/render/test_locales.py

bench: bench-search ## Measure the search, and the build beside Hugo, Pagefind and plain Pelican
	@$(RUN)python hatch_build.py
	@$(RUN)python -m bench.build

# DATA and COLLECTIONS name folders of tables and of research collections, where there are any.
bench-search: $(VENV)/.test ## Measure how well the search finds, and what it costs its reader, beside its peers
	@$(RUN)python hatch_build.py
	@$(RUN)python -m bench.queries $(if $(DATA),--data $(DATA)) $(if $(COLLECTIONS),--collections $(COLLECTIONS))
	@$(RUN)python -m bench.reader

bench-mirrors: $(VENV)/.test ## Measure what copies cost, try all that is promised of them at full size, and open every page by every way; an hour
	@$(RUN)python hatch_build.py
	@$(RUN)python -m bench.mirrors
	@$(RUN)python -m bench.mirrors.proofs
	@$(RUN)python -m bench.crawl

screenshots: $(VENV)/.test build ## Take the pictures of the README and the guide anew (needs Chromium)
	@$(RUN)python docs/screenshots.py

clean: ## Delete what was built and installed here
	rm -rf $(VENV) .cache output dist node_modules theme/static/built .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python cannot make a virtual environment. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; \
	  rm -rf $(VENV); exit 1; }

$(VENV)/.serve: $(VENV)/bin/python $(INPUTS)
	@echo "Setting up in $(VENV)/ (once; a minute or two) …"
	@$(RUN)python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[client]'
	@touch $@

$(VENV)/.test: $(VENV)/bin/python $(INPUTS)
	@echo "Setting up the tests in $(VENV)/ (once; a minute or two) …"
	@$(RUN)python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.serve
