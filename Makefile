# The two commands of the README are `make demo` and `make test`; each does all set-up that it needs.

SWIFT := swift
# One configuration for everything, so that the program and the tests share all objects.
CONFIGURATION := -c release
SOURCES := Sources Tests Package.swift

.PHONY: demo test test-nightly test-sanitize debug fuzz build lint clean setup

## Build the program, then index, ask, refresh, export and verify the sample corpus.
demo: build
	scripts/demo.sh

## Build and run all tests, one after another: many start processes and use both cores.
test: setup
	$(SWIFT) build $(CONFIGURATION) --build-tests
	$(SWIFT) test $(CONFIGURATION) --skip-build --no-parallel

## As test, and what takes long: every byte flipped, hundreds of kills and faults, ten minutes of readers beside a writer, a debug build's streams.
test-nightly: export R3MEM_NIGHTLY = 1
test-nightly: export R3MEM_OTHER_PROGRAM = $(CURDIR)/.build/debug/r3mem
test-nightly: debug test

debug: setup
	$(SWIFT) build --product r3mem

## The tests of all modules under Address Sanitizer and under Thread Sanitizer, each in a build of its own.
test-sanitize: setup
	scripts/sanitize.sh address
	scripts/sanitize.sh thread

## Fuzz every reader for a minute each; `scripts/fuzz.sh SECONDS READER…` for longer.
fuzz: setup
	scripts/fuzz.sh 60

## Build the program: .build/release/r3mem.
build: setup
	$(SWIFT) build $(CONFIGURATION) --product r3mem

## Check the format of all Swift sources.
lint:
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

## Remove what was built.
clean:
	$(SWIFT) package clean
	rm -f indexes/*.r3 indexes/*.r3-wal indexes/*.r3-shm

setup:
	@scripts/setup.sh
