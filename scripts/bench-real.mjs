// A question set put to a real model through the page: parse rates, accuracy, Brier scores (--server URL --questions FILE)
//
//   ./bench real --server http://127.0.0.1:8080/v1 --model NAME --questions set.jsonl --limit 20 \
//     --modes stated,label,market,maker-trader --protocol chat --out runs.jsonl
//
// A line of the set: {"id","question","outcomes":["Yes","No"],"answer":"No"}, for the mode `reversed` with the opposite
// in "reversed" if somebody wrote it. `--limit` takes that many by a seeded draw, equally many of each answer. Every run
// is verified on its page and becomes one line of `--out`; what stands there already is not run again, so that the same
// command goes on where it was broken off, and with everything done only prints the tables. `--server tab` asks SmolLM2
// in the tab. `--tokens N` limits an answer (usually 1,200), `--agents`, `--rounds` and `--turns` set the size of a panel.
// Needs the release site in dist/ (./run build). `--json` prints the lines in place of the tables.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chosen, methods, parsing } from './real-figures.mjs';
import { MODES, PROTOCOLS, openPanel } from './real-run.mjs';
import { startSite } from '../tests/e2e/browser.mjs';

const { values: options } = parseArgs({
  options: {
    server: { type: 'string' }, model: { type: 'string', default: 'default' }, questions: { type: 'string' },
    limit: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' },
    modes: { type: 'string', default: 'market,maker-trader' }, protocol: { type: 'string', default: 'chat' },
    agents: { type: 'string', default: '3' }, rounds: { type: 'string', default: '2' }, turns: { type: 'string', default: '3' },
    tokens: { type: 'string' },
    out: { type: 'string' }, json: { type: 'boolean', default: false },
  },
});

function refuse(problem) {
  console.error(`error: ${problem}`);
  process.exit(2);
}

const modes = options.modes.split(',');
const known = (name, table) => Object.hasOwn(table, name) || refuse(`“${name}” is none of ${Object.keys(table).join(', ')}`);
modes.forEach((mode) => known(mode, MODES));
known(options.protocol, PROTOCOLS);
if (!options.questions || !options.server) refuse('--server and --questions are needed; the first lines of scripts/bench-real.mjs say how');

const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const questions = chosen(lines(options.questions), Number(options.limit), Number(options.seed));
const done = options.out && existsSync(options.out) ? lines(options.out) : [];
const same = (run, mode, id) => run.mode === mode && run.id === id && run.model === options.model && run.protocol === options.protocol;

/** One run; a page that was lost is opened anew for the next. */
async function runOne(site, panel, mode, question) {
  try {
    panel.page ??= await openPanel(site, mode, options);
    const run = await panel.page.ask(question);
    done.push(run);
    if (options.out) appendFileSync(options.out, `${JSON.stringify(run)}\n`);
    console.error(`${mode} ${done.length}: ${run.status}, ${run.verified}, ${run.seconds.toFixed(0)} s`);
  } catch (error) {
    console.error(`${mode}, question ${question.id}: ${error}`);
    process.exitCode = 1;
    await panel.page?.close().catch(() => refuse('the browser is gone: the same command goes on where it was'));
    panel.page = undefined;
  }
}

const missing = questions.flatMap((question) => modes
  .filter((mode) => !done.some((run) => same(run, mode, question.id)))
  .map((mode) => ({ mode, question })));
if (missing.length > 0) {
  const site = await startSite();
  try {
    // Question by question, so that a run that is broken off has whole questions; one page for each mode.
    const panels = Object.fromEntries(modes.map((mode) => [mode, {}]));
    for (const { mode, question } of missing) await runOne(site, panels[mode], mode, question);
  } finally {
    await site.close();
  }
}

if (options.json) {
  for (const run of done) console.log(JSON.stringify(run));
} else {
  console.log(parsing(done));
  const these = done.filter(({ model, protocol }) => model === options.model && protocol === options.protocol);
  console.log(methods(these, Number(options.seed)));
}
