# Every habit of this project is one word: `make` lists them. Works with GNU make 3.81, which macOS has, and newer.
# PYTHON=… chooses the Python that .venv is made from; ARGS=… goes to the command: make serve ARGS="--port 9000"

IN_VENV := .venv/bin/python
PYTEST := $(IN_VENV) -m pytest -o cache_dir=.cache/pytest

export PYTHON
# Bytecode is kept, wherever this runs: without it each of the many commands that tests start compiles the program anew.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help site test test-fast serve check lock golden docs fonts clean format mistakes bench bench-serve bench-large lighthouse runtime development lint
# Two words given at once run one after the other: the second may need what the first is about to install.
.NOTPARALLEL:

help: ## list these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

site: runtime ## build the site into site/
	@$(IN_VENV) build.py $(ARGS)

test: lint ## run everything: style, types, unit, golden, property and real browser tests
	@$(IN_VENV) -m tools.install_test_tools
	@$(PYTEST) $(ARGS)

test-fast: lint ## run what needs neither a browser nor Java
	@echo 'leaving out the tests in a browser and the checks of finished HTML: `make test` runs them too'
	@$(PYTEST) -m 'not browser' $(ARGS)

serve: runtime ## show the site while you edit, and reload it at every save
	@$(IN_VENV) build.py serve $(ARGS)

check: runtime ## look for mistakes in content and templates, and write nothing
	@$(IN_VENV) build.py check $(ARGS)

lock: ## pin the packages anew; ARGS=--upgrade moves to the newest that fit
	@sh tools/python.sh -m tools.lock $(ARGS)

golden: development ## write the expected pages of tests/golden anew; read the diff before you commit
	@$(PYTEST) -m golden --rewrite-golden $(ARGS)

soak: development ## look at every page at every width, and print every page: long
	@$(IN_VENV) -m tools.install_test_tools
	@$(PYTEST) --soak tests/browser/test_pages.py $(ARGS)
	@$(PYTEST) tests/test_incremental.py --edit-steps 10000 -o faulthandler_timeout=10800 $(ARGS)

fonts: development ## make the fonts of static/fonts/ anew from their designers' packages
	@$(IN_VENV) -m tools.fonts

docs: development ## write what is made from the program anew: docs/errors.md, schemas/
	@$(IN_VENV) -m tools.documents

clean: ## remove what was built: site/ and every cache (what was installed stays)
	@rm -rf site .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache

format: development ## put the code into its form, and mend what ruff can mend
	@$(IN_VENV) -m ruff check --fix-only --quiet .
	@$(IN_VENV) -m ruff format --quiet .

mistakes: runtime ## make twelve ordinary mistakes here and in other generators; writes the table of README.md
	@$(IN_VENV) -m benchmarks.mistakes --readme $(ARGS)

bench: runtime ## measure builds beside other generators', 1,000 pages; writes docs/performance.md
	@$(IN_VENV) -m benchmarks.install
	@$(IN_VENV) -m benchmarks --pages 1000 --rounds 3 --document docs/performance.md $(ARGS)

bench-serve: runtime ## measure how soon a save is seen while 1,000 pages are served; writes docs/performance.md
	@$(IN_VENV) -m benchmarks.saves --pages 1000 --document docs/performance.md $(ARGS)

bench-large: runtime ## the same with 10,000 pages, beside Hugo alone
	@$(IN_VENV) -m benchmarks.install
	@$(IN_VENV) -m benchmarks --pages 10000 --rounds 2 --peers ours,hugo --document docs/performance.md $(ARGS)

lighthouse: development ## measure five pages with Lighthouse, five times each; writes docs/look.md
	@$(IN_VENV) -m benchmarks.lighthouse --document docs/look.md $(ARGS)

runtime:
	@sh tools/python.sh -m tools.environment requirements.txt

development:
	@sh tools/python.sh -m tools.environment requirements.txt requirements-dev.txt

lint: development
	@$(IN_VENV) -m ruff format --check --quiet --output-format concise . || { echo 'the files above are not in form: make format'; exit 1; }
	@$(IN_VENV) -m ruff check --quiet .
	@$(IN_VENV) -m mypy
