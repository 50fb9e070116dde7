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
