# `make demo` and `make test` set up what is missing and do everything. Nothing is written into the checkout: build
# products lie in CARGO_TARGET_DIR, tools in BATON_TOOLS.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/baton/target
export BATON_TOOLS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/baton/tools
# Written by `scripts/setup`: where libclang is, if it is not where bindgen looks.
-include $(BATON_TOOLS)/env.mk

# What `make encoder` set up, or a libtorch 2.4 and a base model of your own.
ifneq ($(wildcard $(BATON_TOOLS)/encoder/model.safetensors),)
export BATON_ENCODER ?= $(BATON_TOOLS)/encoder
endif
ifneq ($(wildcard $(BATON_TOOLS)/libtorch/build-version),)
export LIBTORCH ?= $(BATON_TOOLS)/libtorch
endif
ifeq ($(LIBTORCH),$(BATON_TOOLS)/libtorch)
export LIBTORCH_CXX11_ABI ?= 0
endif
# Where there is a libtorch, everything is built with it.
FEATURES := $(if $(LIBTORCH),--features rust-bert)

CARGO := cargo
BATON := $(CARGO_TARGET_DIR)/release/baton

.PHONY: help demo desk build encoder test fmt lint unit interface pages docs bench deny setup eval

help: ## Lists the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: build ## Loads the sample account and prints its handoff
	@$(BATON) demo
	@echo "From this folder: make desk" >&2

desk: build ## Shows the sample account as pages, until ctrl-c
	@$(BATON) demo --serve

build: setup ## Builds the program
	@$(MAKE) --no-print-directory build-after-setup

.PHONY: build-after-setup test-after-setup setup-checks
build-after-setup:
	@$(CARGO) build --release --locked --quiet $(FEATURES) --bin baton

encoder: setup ## Sets up libtorch and the base model of the engine `transformer`, and builds with them
	@scripts/setup-encoder
	@$(MAKE) --no-print-directory build-after-setup

test: setup-checks ## Runs every check: formatting, lints, tests, documentation, licences, benches
	@$(MAKE) --no-print-directory test-after-setup

test-after-setup: fmt lint unit interface pages docs deny bench

setup: ## Checks the prerequisites and installs what is missing
	@scripts/setup

setup-checks: setup
	@scripts/setup-checks

fmt: ## Checks formatting
	$(CARGO) fmt --check

lint: ## Runs clippy with warnings as errors, with and without the features that can be built here
	$(CARGO) clippy --release --locked --all-targets --features otlp -- -D warnings
	$(if $(LIBTORCH),$(CARGO) clippy --release --locked --all-targets --all-features -- -D warnings)

unit: ## Runs all tests
	$(CARGO) test --release --locked $(FEATURES)

interface: ## Proves the HTTP interface against its description, on a live service (after `unit`, which builds it)
	@scripts/interface $(BATON)

pages: ## Proves the pages in Chromium, on the sample account (after `unit`, which builds the program)
	@scripts/pages $(BATON)

docs: ## Builds the documentation with warnings as errors
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked $(FEATURES) --no-deps --document-private-items

deny: ## Checks licences, sources and advisories that are known offline
	@scripts/licences

bench: ## Runs every bench once with small sizes
	$(CARGO) bench --locked $(FEATURES) -- --test

eval: build ## Scores an engine on the labelled sets: make eval DATA=../shared/data ENGINE=transformer
	@$(BATON) eval --data $(or $(DATA),../shared/data) $(if $(ENGINE),--engine $(ENGINE))
