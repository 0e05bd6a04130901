# What can be done here. `make` alone lists it; each target sets up what it needs and says what it is doing.
.DEFAULT_GOAL := list
.PHONY: list set-up browser dive serve test explore fuzz check format bench mutate docs pictures lock clean
PY := .venv/bin/python
WORKERS ?= 2
# A run of every test may not cover less than is committed here; a part of them is not measured.
MEASURED := --cov=wardline --cov-report=term --cov-fail-under=$(shell cat tests/coverage-floor.txt)

list:  ## Say what can be done here (this list).
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

set-up:  ## Make .venv with everything in requirements.lock; done once, and again when the lock changes.
	@tools/set_up.sh

browser: set-up
	@tools/set_up_browser.sh

dive: set-up  ## Make up a force, dive into its records and say where the report is.
	@tools/teesmouth_dive.sh

serve: set-up  ## Make up a force, and serve its workspace and its office's side by side until Ctrl-C.
	@tools/serve.sh

test: set-up browser  ## Run every test, the browser's too, and measure what they cover (TESTS=tests/unit: a part).
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(if $(TESTS),$(TESTS),$(MEASURED))

explore: set-up  ## Compare the engines on new worlds, on all cores (MINUTES=10, KIND=repeat, WORLDS=1000, SEED=1 STEPS=1).
	@$(PY) -m tests.generative.explore $(if $(MINUTES),--minutes $(MINUTES)) $(if $(KIND),--kind $(KIND)) \
	  $(if $(WORLDS),--worlds $(WORLDS)) $(if $(SEED),--seed $(SEED)) $(if $(STEPS),--steps $(STEPS))

fuzz: set-up  ## Give spoilt files of every kind to the readers; each must be read or refused in words (MINUTES=60, SEED=0).
	@$(PY) -m tests.generative.fuzzing $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

check: set-up  ## Run every static check (format, lint, types, imports) and count what they find.
	@tools/check.sh

format: set-up  ## Put the Python files into the one format.
	@.venv/bin/ruff check --quiet --fix --select I . && .venv/bin/ruff format .

bench: set-up  ## Measure a check of ten million events, a dive into as many, making up as many, counting measures, testing claims, reading times, and serving the workspace (PART=checking, dive, simulating, measures, times, claims or workspace).
	@$(PY) -m tests.performance.bench $(if $(PART),--part $(PART))

mutate: set-up  ## Change lines that you changed on purpose, and see whether a test notices (PATHS=, SINCE=, MINUTES=).
	@$(PY) -m tools.mutate $(PATHS) $(if $(SINCE),--since $(SINCE)) $(if $(MINUTES),--minutes $(MINUTES))

docs: set-up  ## Write the generated pages again (an error if that changes any), and build the site in build/site.
	@tools/write_docs.sh

pictures: set-up browser  ## Take the pictures in the docs anew.
	@WARDLINE_PICTURES=take $(PY) -m pytest tests/browser/test_screenshots.py tests/workspace/browser/test_journeys.py -k picture

lock: set-up  ## Choose the newest versions that fit pyproject.toml and write them to requirements.lock (needs uv).
	@tools/lock.sh

clean:  ## Take away .venv and what tools keep; no dive of yours.
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
