// LMSR trades per second: native, wasm in Chromium, plain JavaScript in the same page
//
// All three make the same purchases on the same incremental book (examples/bench_lmsr.rs, bench-lmsr/twin.js), in
// turn, and the best of five counts. wasm is built twice: with the profile of the page, and with optimisation for
// speed. Native and wasm must agree to the last bit, JavaScript to nine digits. `--json` prints one object a line.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serveFolder } from './serve.mjs';

const OUTCOMES = [2, 4, 10, 50];
const TRADES = 2_000_000;
const REPEATS = 5;
const ROOT = new URL('../', import.meta.url);
const FOR_SPEED = ['--config', 'profile.release.opt-level=3'];
// Only what the loop runs through: the rest of the page's dependencies need no second build.
const FOR_SPEED_IN_WASM = ['credence', 'libm'].flatMap((name) => [
  '--config',
  `profile.release.package.${name}.opt-level=3`,
]);

// The passes over the page's program, from the one place where they stand.
const [, MORE_PASSES] = /data-bin="credence-web".*data-wasm-opt-params="([^"]*)"/.exec(readFileSync(new URL('index.html', ROOT), 'utf8'));
const PAGE_PASSES = ['-Oz', ...MORE_PASSES.split(' ')];

/** Builds the example and returns the path of its program. */
function build(options) {
  const features = ['--locked', '--release', '--features', 'bench', '--example', 'bench_lmsr'];
  const messages = execFileSync('cargo', ['build', '--message-format=json', ...features, ...options], {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const artifacts = messages.split('\n').filter((line) => line.includes('"compiler-artifact"'));
  const example = artifacts.map((line) => JSON.parse(line)).find((made) => made.target.name === 'bench_lmsr');
  return example.filenames.find((name) => !name.endsWith('.d') && !name.endsWith('.js'));
}

/** Builds the example for the browser into `folder`/`name`, as trunk builds the page. */
function buildWasm(folder, name, passes, options) {
  const program = build(['--target', 'wasm32-unknown-unknown', ...options]);
  const out = join(folder, name);
  execFileSync('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', out, '--out-name', 'bench', program]);
  const file = join(out, 'bench_bg.wasm');
  execFileSync('wasm-opt', [...passes, file, '-o', file]);
}

/** The best time of each contender, for one number of outcomes, with what it computed. */
async function race(contenders, outcomes) {
  const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, { seconds: Infinity, total: 0 }]));
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const { seconds, total } = await run(outcomes);
      results[name] = { seconds: Math.min(seconds, results[name].seconds), total };
    }
  }
  return results;
}

function report(outcomes, results) {
  const rate = (name) => TRADES / results[name].seconds / 1e6;
  const native = results.native.total;
  assert.equal(results.wasm.total, native, `wasm and native differ at ${outcomes} outcomes`);
  assert.equal(results.wasmFast.total, native, `fast wasm and native differ at ${outcomes} outcomes`);
  assert.ok(Math.abs(results.js.total / native - 1) < 1e-9, `JavaScript is another market at ${outcomes} outcomes`);
  return {
    bench: 'lmsr',
    outcomes,
    native: rate('native'),
    wasm: rate('wasm'),
    wasm_opt3: rate('wasmFast'),
    js: rate('js'),
    wasm_per_native: rate('wasm') / rate('native'),
    wasm_opt3_per_native: rate('wasmFast') / rate('native'),
    wasm_per_js: rate('wasm') / rate('js'),
    wasm_opt3_per_js: rate('wasmFast') / rate('js'),
    checksum: native,
  };
}

const columns = ['outcomes', 'native', 'wasm', 'wasm_opt3', 'js', 'wasm_per_native', 'wasm_opt3_per_native', 'wasm_per_js', 'wasm_opt3_per_js'];
const json = process.argv.includes('--json');
const folder = mkdtempSync(join(tmpdir(), 'bench-lmsr-'));
const { binary, args } = JSON.parse(readFileSync(new URL('webdriver.json', ROOT), 'utf8'))['goog:chromeOptions'];
let server;
let browser;
try {
  const program = join(folder, 'native');
  copyFileSync(build(FOR_SPEED), program);
  buildWasm(folder, 'page', PAGE_PASSES, []);
  buildWasm(folder, 'fast', ['-O3'], FOR_SPEED_IN_WASM);
  copyFileSync(new URL('bench-lmsr/twin.js', import.meta.url), join(folder, 'twin.js'));
  writeFileSync(join(folder, 'index.html'), '<!DOCTYPE html><title>bench</title>');
  server = await serveFolder(folder);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? binary, args });
  const page = await browser.newPage();
  await page.goto(server.url);

  const inPage = (module) => (outcomes) =>
    page.evaluate(
      async ({ module, outcomes, trades }) => {
        const { default: start, buyLoop } = await import(module);
        globalThis.started ??= new Set();
        if (start && !globalThis.started.has(module)) await start();
        globalThis.started.add(module);
        buyLoop(outcomes, trades / 10);
        const begin = performance.now();
        const total = buyLoop(outcomes, trades);
        return { seconds: (performance.now() - begin) / 1000, total };
      },
      { module, outcomes, trades: TRADES },
    );
  const natively = (outcomes) => {
    const printed = execFileSync(program, [String(outcomes), String(TRADES)], { encoding: 'utf8' });
    const [seconds, total] = printed.trim().split(' ').map(Number);
    return { seconds, total };
  };
  const contenders = {
    native: natively,
    wasm: inPage('./page/bench.js'),
    wasmFast: inPage('./fast/bench.js'),
    js: inPage('./twin.js'),
  };
  if (!json) console.log(`million trades a second, best of ${REPEATS} runs of ${TRADES} trades\n${columns.join('  ')}`);
  for (const outcomes of OUTCOMES) {
    const line = report(outcomes, await race(contenders, outcomes));
    const cell = (name) => (name === 'outcomes' ? String(line[name]) : line[name].toFixed(2)).padStart(name.length);
    console.log(json ? JSON.stringify(line) : columns.map(cell).join('  '));
  }
} finally {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
}
