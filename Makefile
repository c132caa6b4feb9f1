# Everything a newcomer needs: `make demo`, `make test`. Paths with spaces are quoted throughout.
SHELL := bash
.DELETE_ON_ERROR:
.PHONY: demo test lint format bench clean help

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check install --quiet -c constraints.txt

help:
	@echo "make demo    set up and run the demonstration on the sample news"
	@echo "make test    set up and run the whole test suite"
	@echo "make lint    ruff and mypy"
	@echo "make bench   every benchmark in a small setting, within ten minutes, results under benchmarks/results/small/"

# One stamp an install, so that the second run has nothing to do.
$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kgretrieval needs Python 3.11 or later, this is " + sys.version.split()[0])'
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (about a minute)"
	@$(PIP) "torch==$$(sed -n 's/^torch==//p' constraints.txt)"
	@$(PIP) -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) -e '.[dev]'
	@touch $@

demo: $(VENV)/installed
	@$(VENV)/bin/kg demo

test: $(VENV)/installed-dev
	$(RUN) -m pytest

lint: $(VENV)/installed-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: $(VENV)/installed-dev
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)/installed-dev
	$(RUN) -m benchmarks

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache dist demo demo.graphml demo.html
