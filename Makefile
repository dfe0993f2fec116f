# `make demo` and `make test` set up what is missing and do everything. Nothing is written into the checkout: build
# products lie in CARGO_TARGET_DIR, tools in BATON_TOOLS.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/baton/target
export BATON_TOOLS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/baton/tools
# Written by `scripts/setup`: where libclang is, if it is not where bindgen looks.
-include $(BATON_TOOLS)/env.mk

CARGO := cargo
BATON := $(CARGO_TARGET_DIR)/release/baton

.PHONY: help demo build test check fmt lint unit interface docs bench deny setup eval

help: ## Lists the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: build ## Loads the sample account and prints its handoff
	@$(BATON) demo

build: setup ## Builds the program
	@$(MAKE) --no-print-directory build-after-setup

.PHONY: build-after-setup test-after-setup setup-checks
build-after-setup:
	@$(CARGO) build --release --locked --quiet --bin baton

test: setup-checks ## Runs every check: formatting, lints, tests, documentation, licences, benches
	@$(MAKE) --no-print-directory test-after-setup

test-after-setup: fmt lint unit interface docs deny bench

setup: ## Checks the prerequisites and installs what is missing
	@scripts/setup

setup-checks: setup
	@scripts/setup-checks

fmt: ## Checks formatting
	$(CARGO) fmt --check

lint: ## Runs clippy with warnings as errors, with every feature
	$(CARGO) clippy --release --locked --all-targets --all-features -- -D warnings

unit: ## Runs all tests
	$(CARGO) test --release --locked

interface: ## Proves the HTTP interface against its description, on a live service (after `unit`, which builds it)
	@scripts/interface $(BATON)

docs: ## Builds the documentation with warnings as errors
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps --document-private-items

deny: ## Checks licences, sources and advisories that are known offline
	@scripts/licences

bench: ## Runs every bench once with small sizes
	$(CARGO) bench --locked -- --test

eval: build ## Scores the engine on the labelled sets: make eval DATA=../shared/data
	@$(BATON) eval --data $(or $(DATA),../shared/data)
