#!/usr/bin/env bash
# The same page in German, beside the English one and fetched only by who reads it. Trunk's last step of a release leaves
# `de/` in the site and names its two files in index.html, where public/boot.js finds them.
#
# Linking a release takes minutes on one core, so with `ahead`, Trunk's first step, the program is begun in the background
# in a folder of its own, while Trunk links the English one. Whatever becomes of that, the last step builds what is missing.
set -euo pipefail
[ "${TRUNK_PROFILE:-}" = release ] || exit 0
source scripts/tools.sh

target=wasm32-unknown-unknown
english="${CARGO_TARGET_DIR:-target}"
folder="$english/german-build"
program="$folder/$target/release/credence-web.wasm"

# The libraries are those of the English program: linked from there, they are not compiled again.
take_libraries() {
  local part kind
  [ ! -e "$folder" ] && [ -e "$english/$target/release/.fingerprint" ] || return 0
  rm -rf "$folder.partial"
  for part in release "$target/release"; do
    mkdir -p "$folder.partial/$part"
    for kind in deps build .fingerprint; do
      [ ! -e "$english/$part/$kind" ] || cp -al "$english/$part/$kind" "$folder.partial/$part/"
    done
  done
  mv "$folder.partial" "$folder"
}

build() {
  CARGO_TARGET_DIR="$folder" cargo build --locked --release --quiet --target "$target" --bin credence-web --features german
}

take_libraries
if [ "${1:-}" = ahead ]; then
  # Without libraries both would compile them at once, which gains nothing.
  [ ! -e "$folder" ] || build >/dev/null 2>&1 &
  exit 0
fi

site="$TRUNK_STAGING_DIR"
build
name="credence-web-$(sha256sum "$program" | cut -c1-16)"
kept="$english/german/$name"
# The passes of the English program, which stand in one place.
passes="-Oz $(sed -n 's/.*data-bin="credence-web".*data-wasm-opt-params="\([^"]*\)".*/\1/p' index.html)"
if [ "$(cat "$kept/done" 2>/dev/null)" != "$passes" ]; then
  rm -rf "$kept"
  wasm-bindgen --target web --no-typescript --out-dir "$kept" --out-name "$name" "$program"
  # shellcheck disable=SC2086  # several passes on purpose
  wasm-opt $passes -o "$kept/${name}_bg.small" "$kept/${name}_bg.wasm"
  mv "$kept/${name}_bg.small" "$kept/${name}_bg.wasm"
  echo "$passes" >"$kept/done"
fi
mkdir -p "$site/de"
cp -r "$kept/." "$site/de/"
rm "$site/de/done"
sed -i "s|data-js=|data-de-js=\"./de/$name.js\" data-de-wasm=\"./de/${name}_bg.wasm\" data-js=|" "$site/index.html"
