# Each target does all set-up that it needs. `make help` lists the targets.

SWIFT := swift
# One configuration for everything, so that the program and the tests share all objects.
CONFIGURATION := -c release
SWIFT_SOURCES := Sources Tests Examples Package.swift
C_SOURCES = $(shell git ls-files '*.c' '*.cc' '*.h' '*.inc')
SHELL_SOURCES := scripts/*.sh .ci/run
RUFF := .build/lint/bin/ruff
PREFIX ?= /usr/local

.PHONY: help demo test test-nightly test-sanitize test-clients test-library test-spark test-format test-arm debug fuzz bench build install dist lint format clean setup setup-lint
.DEFAULT_GOAL := demo

## Show this list.
help:
	@awk '/^## / {about = substr($$0, 4); next} /^[a-z-]+:/ && about {printf "  make %-14s %s\n", substr($$1, 1, length($$1) - 1), about; about = ""}' Makefile

## Build the program, then index, ask, refresh, export and verify the sample corpus.
demo: build
	scripts/demo.sh

## Build the program: .build/release/r3mem.
build: setup
	$(SWIFT) build $(CONFIGURATION) --product r3mem

## Build and run all tests; docs/testing.md says what they prove.
test: setup
	$(SWIFT) build $(CONFIGURATION) --build-tests
	$(SWIFT) test $(CONFIGURATION) --skip-build --no-parallel

## Run all tests and those that take many minutes.
test-nightly: export R3MEM_NIGHTLY = 1
test-nightly: export R3MEM_OTHER_PROGRAM = $(CURDIR)/.build/debug/r3mem
test-nightly: debug test test-format test-arm test-clients test-library test-spark

debug: setup
	$(SWIFT) build --product r3mem

## Run the tests of all modules under Address Sanitizer, then under Thread Sanitizer.
test-sanitize: setup
	scripts/sanitize.sh address
	scripts/sanitize.sh thread

## Run real clients from PyPI, and a browser, against the program.
test-clients: build
	scripts/clients.sh

## Build and run the package in Examples/Ask, which uses the library.
test-library: build
	scripts/library.sh

## Index the sample corpus in shards under Apache Spark, and compare it with one run.
test-spark: build
	scripts/spark.sh

## Read the golden indexes with a second reader, in Python (Tests/FormatReader).
test-format:
	python3 Tests/FormatReader/test_reader.py

## Run the kernels for AArch64 in an emulator, and compare their bits with those of this machine.
test-arm: setup
	scripts/arm.sh

## Fuzz every reader for a minute each; scripts/fuzz.sh SECONDS READER… for longer.
fuzz: setup
	scripts/fuzz.sh 60

## Measure speed and size beside peers; BENCH_FOLDER names a folder of files, BENCH_FLAGS as in Tests/Benchmarks/bench.py.
BENCH_FOLDER ?= corpora
bench: build
	R3MEM_BENCH=1 $(SWIFT) build $(CONFIGURATION) --product extract
	R3MEM_BENCH=1 $(SWIFT) build $(CONFIGURATION) --product kernels
	python3 Tests/Benchmarks/bench.py .build/release $(BENCH_FOLDER) $(BENCH_FLAGS)

## Install the program, the model, completions and the manual below PREFIX (/usr/local).
install: build
	scripts/install.sh "$(DESTDIR)" "$(PREFIX)"

## Make a tarball that runs on Debian 12 without Swift: .build/dist/.
dist: setup
	scripts/dist.sh

## Check format and style of all Swift, C, Python and shell.
lint: setup-lint
	$(SWIFT) format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	clang-format --dry-run -Werror $(C_SOURCES)
	$(RUFF) format --check --quiet .
	$(RUFF) check --quiet .
	shellcheck $(SHELL_SOURCES)

## Rewrite all Swift, C and Python in the format that lint wants.
format: setup-lint
	$(SWIFT) format --in-place --recursive --parallel $(SWIFT_SOURCES)
	clang-format -i $(C_SOURCES)
	$(RUFF) check --fix --quiet .
	$(RUFF) format --quiet .

## Remove all that was built.
clean:
	$(SWIFT) package clean
	rm -rf .build/lint
	rm -f indexes/*.r3 indexes/*.r3-wal indexes/*.r3-shm

setup:
	@scripts/setup.sh

setup-lint:
	@scripts/setup-lint.sh
