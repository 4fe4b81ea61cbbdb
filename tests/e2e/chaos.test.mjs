// Fifty questions in the page through each wire format, against a server that breaks half of its answers: rate limits,
// drops, cut connections, bodies that are no JSON. Every run ends, every fault that the server dealt out is a retry in
// the timings or a call that failed in the log, every failure is in view, and no call is lost or made twice.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { always, answer, startAimock } from './aimock.mjs';
import { byId, startSite } from './browser.mjs';
import { connect, exported, setRules } from './steps.mjs';

/** The wire formats: the preset that speaks each, where the server has it, and how its requests are known. */
const FORMATS = [
  { name: 'OpenAI Chat', preset: 'openai', path: '/v1', asked: '/v1/chat/completions' },
  { name: 'OpenAI Responses', preset: 'openai-responses', path: '/v1', asked: '/v1/responses' },
  { name: 'Anthropic', preset: 'anthropic', path: '/v1', asked: '/v1/messages' },
  { name: 'Gemini', preset: 'gemini', path: '/v1beta', asked: '/v1beta/models/' },
  { name: 'Ollama', preset: 'ollama', path: '', asked: '/api/chat' },
];
const QUESTIONS = 50;
const AGENTS = 2;
const CHAOS = { rateLimitRate: 0.2, disconnectRate: 0.1, malformedRate: 0.1, dropRate: 0.1 };
// The longest of the three waits between four attempts, and more; far from any time-out.
const LEAP_MILLIS = 9_000;

const BELIEF = { beliefs: [0.7, 0.3], headline: 'A reason', reasoning: 'Because.', evidence: [], predicted_mean_of_others: 0.5 };

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const over = ['converged', 'undecided', 'stopped', 'failed'];

/** Waits until the run is over (then it gives its status) or an agent counts down to its next attempt (`waiting`). */
function stands(page) {
  return page.evaluate((over) => new Promise((done) => {
    const look = () => {
      const status = document.querySelector('[data-testid="status"]')?.dataset.status;
      const found = over.includes(status) ? status : document.querySelector('[data-testid="retry-now"]') && 'waiting';
      if (!found) return;
      observer.disconnect();
      done(found);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  }), over);
}

/** Until the page has drawn what it knows. */
const drawn = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
}));

/** Asks one question and returns its run file; the page's clock leaps over every wait. */
async function ask(page, question) {
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'question-input').fill(question);
  await byId(page, 'run-button').click();
  for (let leaps = 0; (await stands(page)) === 'waiting'; leaps += 1) {
    assert.ok(leaps < 40, `${question} does not end`);
    await page.clock.fastForward(LEAP_MILLIS);
    await drawn(page);
  }
  const shown = await page.evaluate(() => Number(document.querySelector('[data-testid="failures"]')?.dataset.value ?? 0));
  const { run } = await exported(page);
  return { run, shown };
}

/** What a server did to the requests of one question. */
function dealt(mock, question) {
  const counts = { all: 0, rateLimit: 0, drop: 0, disconnect: 0, malformed: 0, fine: 0 };
  for (const { body, chaosAction } of mock.journal()) {
    if (!body.messages.some(({ content }) => content.includes(question))) continue;
    counts.all += 1;
    counts[chaosAction ?? 'fine'] += 1;
  }
  return counts;
}

function check(mock, question, { run, shown }) {
  const events = run.events.map(({ event }) => event);
  const count = (type) => events.filter((event) => event.type === type).length;
  const closed = events.at(-1);
  assert.equal(closed.type, 'closed', `${question}: closed`);
  assert.equal(count('forecast') + count('failed'), AGENTS, `${question}: every agent has answered or failed`);
  assert.equal(closed.totals.failures, count('failed'), `${question}: failures are counted`);
  assert.equal(shown, count('failed'), `${question}: failures are in view`);

  const calls = run.timings.entries;
  const reasons = calls.flatMap(({ retries = [] }) => retries.map(({ reason }) => reason));
  const lost = events.filter((event) => event.type === 'call' && event.parse.status === 'no_reply').map((event) => event.parse.problem);
  const told = (retry, failure) => reasons.filter((reason) => retry.test(reason)).length + lost.filter((problem) => failure.test(problem)).length;
  const sent = dealt(mock, question);
  const attempts = calls.reduce((sum, call) => sum + call.attempts, 0);
  assert.equal(told(/429/, /\(429\)/), sent.rateLimit, `${question}: rate limits`);
  assert.equal(told(/server error \(500\)/, /\(500\)/), sent.drop, `${question}: dropped requests`);
  assert.equal(told(/not a reply/, /no reply of/), sent.malformed, `${question}: malformed bodies`);
  // Chromium itself repeats a request whose reused connection closed before any answer: the server sees it twice.
  const unreached = told(/not reachable|cut reply/, /could not be reached|broke off/);
  assert.ok(unreached <= sent.disconnect, `${question}: ${unreached} of ${sent.disconnect} disconnects`);
  assert.equal(attempts - unreached, sent.all - sent.disconnect, `${question}: nothing is lost and nothing sent twice`);
  assert.equal(events.filter((event) => event.type === 'call' && event.parse.status === 'ok').length, sent.fine, `${question}: answers`);
  return { attempts, failures: count('failed') };
}

/** Fifty questions through one format, each checked; what became of them in one line. */
async function survive({ name, preset, path, asked }) {
  const mock = await startAimock(always({}, answer(BELIEF)), { chaos: CHAOS, chunkSize: 400 });
  const { page, context } = await site.open();
  await page.clock.install();
  await page.reload();
  await connect(page, { preset, baseUrl: mock.origin + path, model: 'any' });
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'panel-models').check({ force: true });
  await byId(page, 'remove-agent-2').click();
  await setRules(page, { rounds: 1 });
  let [attempts, failures] = [0, 0];
  for (let number = 0; number < QUESTIONS; number += 1) {
    const question = `Does question ${number} through ${name} end well?`;
    const result = check(mock, question, await ask(page, question));
    attempts += result.attempts;
    failures += result.failures;
  }
  await context.close();
  await mock.stop();
  const through = mock.journal();
  assert.ok(through.every((request) => request.path.startsWith(asked)), 'it speaks its own format');
  const faults = through.filter(({ chaosAction }) => chaosAction).length;
  assert.ok(faults > attempts / 4, 'the server did break answers');
  console.log(`${name}: ${attempts} requests, ${faults} faults dealt out, all told; ${failures} agents failed for good`);
}

// All at once, each in a window of its own: most of the time is spent waiting.
describe(`${QUESTIONS} questions under chaos, every failure visible and none lost`, { concurrency: FORMATS.length }, () => {
  for (const format of FORMATS) test(format.name, () => survive(format));
});
