# make test: installs what the tests need (as ./medbench does) and runs the whole suite.
# In release, so that the tests run what ships and share its build. One after another, because the
# engine tests wait for real processes and the page tests take every core.
.PHONY: test lint format fuzz

test:
	tools/require-packages run test
	swift test -c release --disable-testable-imports --no-parallel

# make fuzz SECONDS=600: the readers of a model's files, a quarter of that time each.
SECONDS ?= 60
fuzz:
	Fuzz/run $(SECONDS)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources/Fuzz \
	  Benchmarks/Package.swift Benchmarks/Sources

format:
	swift format --in-place --recursive Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources/Fuzz \
	  Benchmarks/Package.swift Benchmarks/Sources

# make model: the reference model from nothing to models/medocr-nano (hours; goes on after a kill).
# make model-smoke: the same in minutes, with a few pages: proves the way, not the model.
# make model-finetune DATA=DIR OUTPUT=DIR: goes on from models/medocr-nano on lines files of one's own.
.PHONY: model model-smoke model-finetune
PYTHON ?= python3
MINUTES ?= 60

model:
	PYTHON=$(PYTHON) tools/train/make-model

model-smoke:
	cp docs/reference-model.md "$${TMPDIR:-/tmp}/medocr-smoke.md"
	PYTHON=$(PYTHON) WORK=results/train-smoke OUTPUT=results/train-smoke/model PAGES=1 PRACTICE=4 \
	  HELD_OUT=1 MINUTES=1 REPORT="$${TMPDIR:-/tmp}/medocr-smoke.md" tools/train/make-model

model-finetune:
	test -n "$(DATA)" && test -n "$(OUTPUT)"
	$(PYTHON) tools/train/train.py --recipe tools/train/finetune.toml --start models/medocr-nano \
	  --data "$(DATA)" --output "$(OUTPUT)/run" --minutes $(MINUTES)
	$(PYTHON) tools/train/export.py --checkpoint "$(OUTPUT)/run" --recipe tools/train/finetune.toml \
	  --output "$(OUTPUT)/model"
