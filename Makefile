# Everything is done by these four; each installs what it needs and says what it does.
#   make demo    the main job, on the embedded sandbox
#   make test    all tests
#   make check   format, lints, documentation, fuzzing
#   make bench   measured side by side with what people use today

.PHONY: demo test check bench setup wheel setup-card test-c dist-c
.DEFAULT_GOAL := test

# Seconds that each fuzz target runs in `make check`.
FUZZ_SECONDS ?= 30
# Seconds that the C interface is called with wrong arguments in `make check`.
FFI_ABUSE_SECONDS ?= 60

setup:
	@tools/setup

# What the card readers need, too: every feature is built.
setup-card:
	@tools/setup card

demo: setup
	@echo "== building the demonstration (the first time takes a few minutes)"
	@cargo build --locked -p kaigo-examples --bin demo
	@echo "== running it"
	@cargo run --locked --quiet -p kaigo-examples --bin demo

test:
	@tools/setup card c python web
	@echo "== all tests, every feature"
	@cargo test --locked --workspace --all-features
	@echo "== kaigo-core without features"
	@cargo test --locked -p kaigo-core --no-default-features --lib
	@echo "== Python package"
	@tools/test-python

check: setup-card
	@echo "== format"
	@cargo fmt --all --check
	@echo "== lints"
	@cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
	@echo "== documentation"
	@RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --all-features --no-deps --quiet
	@echo "== fuzzing, $(FUZZ_SECONDS) seconds a target"
	@fuzz/run $(FUZZ_SECONDS)
	@echo "== abuse of the C interface, $(FFI_ABUSE_SECONDS) seconds"
	@FFI_ABUSE_SECONDS=$(FFI_ABUSE_SECONDS) cargo test --locked --workspace --all-features --test abuse

bench: setup
	@cargo bench --locked -p kaigo-benches
	@tools/bench-python
	@cargo bench --locked -p kaigo-ffi --bench abi

# The C interface alone: header, symbols, examples in C, C++, C# and Python, abuse.
test-c:
	@tools/setup c
	@cargo test --locked -p kaigo-ffi

# The C library as a tarball: header, shared and static library, pkg-config, CMake. What is packed is tested.
dist-c:
	@tools/setup c
	@tools/dist-c

# The Python wheel and source distribution, checked and installed into clean environments.
wheel: setup-card
	@tools/wheel
