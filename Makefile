PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/installed
DEV := $(VENV)/installed-dev

.PHONY: run test check unit bench docs vendor requirements screenshot

run: $(DONE)
	$(BIN)/hornbook serve $(if $(filter 0,$(DEMO)),,--demo)

test: $(DEV)
	$(BIN)/python tools/test.py

check: $(DEV)
	$(BIN)/python tools/check.py

unit: $(DEV)
	$(BIN)/pytest -q

bench: $(DEV)
	$(BIN)/python -m bench

docs: $(DEV)
	$(BIN)/python tools/docs.py

vendor: $(DEV)
	$(BIN)/python tools/vendor.py

requirements: $(DEV)
	$(BIN)/python tools/requirements.py

screenshot: $(DEV)
	$(BIN)/python tools/screenshot.py

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(DONE): $(BIN)/python requirements/web.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/web.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(DEV): $(BIN)/python requirements/dev.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@ $(DONE)
