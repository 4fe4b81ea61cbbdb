// The app's time per call against a bare fetch loop: 8 agents on one mock server, in turn, in Chromium
//
// Both send the same requests to the same server, eight at once, and read every streamed answer to its end: the bare
// loop does nothing else, the app also parses, trades, records, draws and keeps the run. They take turns, and the
// median of the turns counts. Needs the release site in dist/ (./run build). `--json` prints one object.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answer, startAimock } from '../tests/e2e/aimock.mjs';
import { byId, startSite } from '../tests/e2e/browser.mjs';
import { connect } from '../tests/e2e/steps.mjs';

const AGENTS = 8;
const ROUNDS = 6;
const TURNS = 5;
// A quick server: about 0.3 s an answer in a dozen pieces. A slower one would hide more of the overhead.
const CHUNK_MILLIS = 25;
const json = process.argv.includes('--json');

if (!existsSync(fileURLToPath(new URL('../dist/index.html', import.meta.url)))) {
  console.error('error: there is no built site in dist/: start ./run build first');
  process.exit(2);
}

/** Beliefs that swing from round to round, so that no run settles early. */
function swinging() {
  let asked = 0;
  const belief = (p) => ({
    beliefs: [p, 1 - p], headline: 'A reason that fits into a headline', reasoning: 'Because of this and that, which takes a sentence or two to say.', evidence: ['a fact'], predicted_mean_of_others: 0.5,
  });
  return [
    { match: { predicate: () => Math.floor(asked++ / AGENTS) % 2 === 0 }, ...answer(belief(0.85)), latency: CHUNK_MILLIS },
    { match: {}, ...answer(belief(0.2)), latency: CHUNK_MILLIS },
  ];
}

/** One run of the app; milliseconds for each call. */
async function app(page) {
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'run-button').waitFor();
  return page.evaluate(async (calls) => {
    const status = document.querySelector('[data-testid="status"]');
    const over = ['converged', 'undecided', 'stopped', 'failed'];
    const begin = performance.now();
    document.querySelector('[data-testid="run-button"]').click();
    await new Promise((done) => {
      const look = () => (over.includes(status.dataset.status) ? done() : setTimeout(look, 1));
      look();
    });
    return (performance.now() - begin) / calls;
  }, AGENTS * ROUNDS);
}

/** The same requests without the app; milliseconds for each call. */
async function bare(page, url, rounds) {
  return page.evaluate(async ({ url, rounds }) => {
    const begin = performance.now();
    let calls = 0;
    for (const bodies of rounds) {
      await Promise.all(bodies.map(async (body) => {
        const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
        const reader = reply.body.getReader();
        while (!(await reader.read()).done);
        calls += 1;
      }));
    }
    return (performance.now() - begin) / calls;
  }, { url, rounds });
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const mock = await startAimock(swinging());
const site = await startSite();
try {
  const { page } = await site.open();
  await page.evaluate(() => { location.hash = '#/settings'; });
  await connect(page, { baseUrl: mock.baseUrl, model: 'any', atOnce: AGENTS });
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'panel-models').check({ force: true });
  for (let more = 3; more < AGENTS; more += 1) await byId(page, 'add-agent').click();
  await page.locator('details:has([data-testid="rounds-input"]) > summary').click();
  await byId(page, 'rounds-input').fill(String(ROUNDS));
  await byId(page, 'epsilon-input').fill('0');
  await byId(page, 'max-calls-input').fill('1000');
  await byId(page, 'max-tokens-input').fill('10000000');
  const plain = await site.open('#/learn');

  const before = mock.journal().length;
  await app(page); // warms both up, and shows what the app sends
  const sent = mock.journal().slice(before).map(({ body }) => body);
  if (sent.length !== AGENTS * ROUNDS) throw new Error(`the run made ${sent.length} calls, not ${AGENTS * ROUNDS}`);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => sent.slice(round * AGENTS, (round + 1) * AGENTS));
  const url = `${mock.baseUrl}/chat/completions`;
  await bare(plain.page, url, rounds);

  const times = { app: [], bare: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    times.app.push(await app(page));
    times.bare.push(await bare(plain.page, url, rounds));
  }
  const result = {
    bench: 'overhead',
    agents: AGENTS,
    rounds: ROUNDS,
    turns: TURNS,
    app_ms_per_call: median(times.app),
    bare_ms_per_call: median(times.bare),
    ratio: median(times.app) / median(times.bare),
  };
  if (json) {
    console.log(JSON.stringify(result));
  } else {
    console.log(`${AGENTS} agents × ${ROUNDS} rounds, median of ${TURNS} turns each, ms a call (eight at once)`);
    console.log('   app   bare  ratio');
    const cell = (number, digits) => number.toFixed(digits).padStart(6);
    console.log([cell(result.app_ms_per_call, 2), cell(result.bare_ms_per_call, 2), cell(result.ratio, 3)].join(' '));
  }
} finally {
  await site.close();
  await mock.stop();
}
