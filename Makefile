BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUN := .venv/installed-web
DEV := .venv/installed-dev

.PHONY: run test check unit nightly bench docs vendor requirements screenshot golden

run: $(RUN)
	$(BIN)/hornbook serve $(if $(filter 0,$(DEMO)),,--demo)

test: $(DEV)
	$(BIN)/python -m tools.test

check: $(DEV)
	$(BIN)/python -m tools.check

unit: $(DEV)
	$(BIN)/pytest -q -n auto --maxprocesses=4

nightly: $(DEV)
	$(BIN)/python -m tools.fuzz 1000000

bench: $(DEV)
	$(BIN)/python -m bench

docs: $(DEV)
	$(BIN)/python -m tools.docs

vendor: $(DEV)
	$(BIN)/python -m tools.vendor

requirements: $(DEV)
	$(BIN)/python -m tools.requirements --upgrade

screenshot: $(DEV)
	$(BIN)/python -m tools.screenshot

golden: $(DEV)
	HORNBOOK_GOLDEN=write $(BIN)/pytest -q tests/inspection/test_golden.py

$(BIN)/python:
	tools/venv .venv

$(RUN): requirements/web.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/web.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@ $(RUN)
