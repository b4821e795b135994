# Everything a reader or a developer of Dragoman runs. Needs make and Python 3.11 or later; makes its own .venv.
PYTHON ?= python3
VENV ?= .venv
CORPORA ?= $(firstword $(wildcard corpora ../shared/corpora))
WORKERS ?= 2
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
DEMO_RECORD := out/demo.duckdb

.PHONY: help demo test check check-data accuracy countries bench load scale fuzz docs pages picture format clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dragoman needs Python 3.11 or later; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed ## read the reports in examples/ and show the record
	@mkdir -p out && rm -f $(DEMO_RECORD) $(DEMO_RECORD).wal
	$(BIN)/dragoman read examples/*.html examples/*.txt --record $(DEMO_RECORD)
	$(BIN)/dragoman show --record $(DEMO_RECORD)
	$(BIN)/dragoman events --status happened --record $(DEMO_RECORD)
	$(BIN)/dragoman show examples/visit-kenya-somalia.html
	$(BIN)/python benchmarks/ledger.py

test: $(VENV)/.installed-dev check ## everything that must hold: lint, types, data, tests
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(VENV)/.installed-dev check-data ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check-data: $(VENV)/.installed-dev ## the form of every data file
	$(BIN)/python -m dragoman.ontology.check

accuracy: $(VENV)/.installed ## the public corpora, by the definitions in docs/evaluation.md (CORPORA=folder)
	@test -n "$(CORPORA)" || { echo "Name the folder of the public corpora: make accuracy CORPORA=..."; exit 1; }
	$(BIN)/python benchmarks/accuracy.py --corpora $(CORPORA)

countries: $(VENV)/.installed ## whether the category hangs on which countries a sentence names (CORPORA=folder)
	$(BIN)/python benchmarks/countries.py $(CORPORA)/plv/train.tsv --fold 0

bench: $(VENV)/.installed ## articles a second, memory, cold start
	$(BIN)/python benchmarks/bench.py --workers $(WORKERS)

load: $(VENV)/.installed-dev ## how fast every page of a record of 100,000 events is
	$(BIN)/python benchmarks/load.py

scale: $(VENV)/.installed-dev ## how reading grows with processes and articles; whether what is killed ends in the same bytes
	$(BIN)/python benchmarks/scale.py --workers $(WORKERS)
	$(BIN)/python benchmarks/kill.py --workers $(WORKERS)

fuzz: $(VENV)/.installed-dev ## many more requests against the pages' OpenAPI document than the tests make
	FUZZ=200 $(BIN)/python -m pytest -q tests/web/test_fuzz.py

docs: $(VENV)/.installed-dev ## the pages that are made from the code, and what the others show of it
	$(BIN)/python docs/formats.py
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/console.py

pages: $(VENV)/.installed-dev ## the pictures of the pages, docs/pages/*.png, taken anew
	$(BIN)/python docs/pages.py

picture: $(VENV)/.installed ## the README's picture, docs/show.svg, drawn anew
	$(BIN)/python docs/picture.py

format: $(VENV)/.installed-dev ## lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## what the targets above made, but for the environment
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
