// Fails when the code of the page (wasm and JavaScript in dist/, brotli-compressed) outgrows its budgets: one for what
// every visit loads, one for what only some pages fetch. Files of the model that runs in the tab lie under
// dist/wllama/ and are not counted.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

// What is true today with a little headroom, not the goal: the goal is 300 KiB for the first visit.
const BUDGETS = { 'every visit': 1232 * 1024, 'the program in German': 1243 * 1024, 'on demand': 75 * 1024 };
const ON_DEMAND = /^lab_worker|^public[/\\](browser|tab)-model/;
const GERMAN = /^de[/\\]/;
const DIST = 'dist';

const files = readdirSync(DIST, { recursive: true })
  .filter((name) => /\.(wasm|m?js)$/.test(name) && !/^wllama[/\\]/.test(name))
  .sort();
if (!files.some((name) => name.endsWith('.wasm'))) {
  console.error(`error: there is no built site in ${DIST}/: start ./run build first`);
  process.exit(1);
}

const partOf = (name) => {
  if (GERMAN.test(name)) return 'the program in German';
  return ON_DEMAND.test(name) ? 'on demand' : 'every visit';
};
const row = (name, raw, brotli) => console.log(`${raw.padStart(10)} ${brotli.padStart(10)}  ${name}`);
const totals = Object.fromEntries(Object.keys(BUDGETS).map((part) => [part, { raw: 0, brotli: 0 }]));
row('bytes in dist/', 'raw', 'brotli');
for (const name of files) {
  const bytes = readFileSync(join(DIST, name));
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
  const total = totals[partOf(name)];
  total.raw += bytes.length;
  total.brotli += brotli;
  row(name, String(bytes.length), String(brotli));
}
for (const [part, { raw, brotli }] of Object.entries(totals)) {
  row(`${part}, budget ${BUDGETS[part]} brotli`, String(raw), String(brotli));
  if (brotli <= BUDGETS[part]) continue;
  console.error(`error: the code of ${part} is ${brotli - BUDGETS[part]} bytes over its budget`);
  process.exitCode = 1;
}
