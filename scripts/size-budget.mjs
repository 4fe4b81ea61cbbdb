// Fails when the code of the page (all wasm and JavaScript in dist/, brotli-compressed) outgrows its budget.
// Files of the model that runs in the tab lie under dist/wllama/: loaded only on demand, so not counted.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const BUDGET_BYTES = 520 * 1024;
const DIST = 'dist';

const files = readdirSync(DIST, { recursive: true })
  .filter((name) => /\.(wasm|m?js)$/.test(name) && !/^wllama[/\\]/.test(name))
  .sort();
if (!files.some((name) => name.endsWith('.wasm'))) {
  console.error(`error: there is no built site in ${DIST}/: start ./run build first`);
  process.exit(1);
}

const row = (name, raw, brotli) => console.log(`${raw.padStart(10)} ${brotli.padStart(10)}  ${name}`);
let rawTotal = 0;
let brotliTotal = 0;
row('bytes in dist/', 'raw', 'brotli');
for (const name of files) {
  const bytes = readFileSync(join(DIST, name));
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
  rawTotal += bytes.length;
  brotliTotal += brotli;
  row(name, String(bytes.length), String(brotli));
}
row(`total, budget ${BUDGET_BYTES} brotli`, String(rawTotal), String(brotliTotal));

if (brotliTotal > BUDGET_BYTES) {
  console.error(`error: the code is ${brotliTotal - BUDGET_BYTES} bytes over its budget`);
  process.exit(1);
}
