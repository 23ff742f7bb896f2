# Two commands for a newcomer: `make demo` and `make test`. Both set up everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := requirements/dev.lock

.PHONY: demo test test-clips check weights lock bench calibrate validate clean help

help:
	@echo "make demo        set up, fetch the pose network, analyse the bundled sample, write a report"
	@echo "make test        set up, check style, types and layers, run the tests"
	@echo "make test-clips  run the slow tests: whole films, bundled and real (../shared/data), minutes"
	@echo "make validate    measure the errors again and write docs/accuracy.md (long)"
	@echo "make calibrate   film virtual people and fit the shipped corrections again (hours)"
	@echo "make bench       frames per second of each stage"
	@echo "make lock        resolve the dependencies again"

$(READY): $(LOCK) pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "PrimeMover needs Python 3.11 or newer; try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

weights: $(READY)
	$(BIN)/primemover models fetch --yes

demo: weights
	$(BIN)/primemover demo

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check weights
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-clips: weights
	$(BIN)/python -m pytest -m "slow" --durations=5

bench: weights
	$(BIN)/python -m validation.bench

# OpenVINO's usage reporter is left out of the lock (and src/.../silent_openvino.py keeps it off).
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-package openvino-telemetry \
		--extra dev --quiet pyproject.toml requirements/build.in -o $(LOCK)

# Virtual people who taught nothing, the bundled films, outlines and real clips (where there are
# any) against what is known of them, then the pages that state it. 51 minutes on two cores that had
# other work too, 40 of them filming; films that FILMS already holds are used again.
FILMS ?= build/films
validate: weights
	$(BIN)/python -m validation.calibration watch test --folder $(FILMS)
	$(BIN)/python -m validation.calibration collect test --folder $(FILMS)
	$(BIN)/python -m validation.accuracy --write
	$(BIN)/python -m validation.outline_bench --all --write
	$(BIN)/python -m validation.real_clips --write
	$(BIN)/python -m validation.measure_pages --write
	$(BIN)/python -m validation.courses --write
	$(BIN)/python -m validation.safety_pages --write
	$(BIN)/python -m validation.table $(FILMS)/results/test

# Films of virtual people, kept in FILMS too, then how the camera's yaw is read, both fits and the
# factors of the measures. The people, clothes and cameras of `make validate` are never among them.
calibrate: weights
	$(BIN)/python -m validation.calibration watch learn --folder $(FILMS)
	$(BIN)/python -m validation.calibration watch calibrate --folder $(FILMS)
	$(BIN)/python -m validation.fit_view --films $(FILMS) --write
	$(BIN)/python -m validation.calibration read learn --folder $(FILMS)
	$(BIN)/python -m validation.calibration read calibrate --folder $(FILMS)
	$(BIN)/python -m validation.calibration fit --folder $(FILMS)
	$(BIN)/python -m validation.calibration settle --folder $(FILMS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
