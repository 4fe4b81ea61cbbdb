#!/usr/bin/env bash
# Trunk's last step of a release: the same page in German, beside the English one and fetched only by who reads it.
# It leaves `de/` in the site and names its two files in index.html, where public/boot.js finds them.
set -euo pipefail
[ "${TRUNK_PROFILE:-}" = release ] || exit 0
source scripts/tools.sh

target=wasm32-unknown-unknown
program="${CARGO_TARGET_DIR:-target}/$target/release/credence-web.wasm"
site="$TRUNK_STAGING_DIR"

cargo build --locked --release --quiet --target "$target" --bin credence-web --features german
name="credence-web-$(sha256sum "$program" | cut -c1-16)"
kept="${CARGO_TARGET_DIR:-target}/german/$name"
if [ ! -e "$kept/done" ]; then
  rm -rf "$kept"
  wasm-bindgen --target web --no-typescript --out-dir "$kept" --out-name "$name" "$program"
  wasm-opt -Oz -o "$kept/${name}_bg.small" "$kept/${name}_bg.wasm"
  mv "$kept/${name}_bg.small" "$kept/${name}_bg.wasm"
  touch "$kept/done"
fi
mkdir -p "$site/de"
cp -r "$kept/." "$site/de/"
rm "$site/de/done"
sed -i "s|data-js=|data-de-js=\"./de/$name.js\" data-de-wasm=\"./de/${name}_bg.wasm\" data-js=|" "$site/index.html"
