// Fifty questions in the page against a server that breaks half of its answers: rate limits, drops, cut connections,
// bodies that are no JSON. Every run ends, every fault that the server dealt out is a retry in the timings or a call
// that failed in the log, every failure is in view, and no call is lost or made twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { always, answer, startAimock } from './aimock.mjs';
import { byId, startSite } from './browser.mjs';
import { connect, exported } from './steps.mjs';

/** The wire formats: how a page is connected through each of them. */
const FORMATS = [{ name: 'OpenAI Chat', address: (mock) => mock.baseUrl }];
const QUESTIONS = 50;
const AGENTS = 2;
const CHAOS = { rateLimitRate: 0.2, disconnectRate: 0.1, malformedRate: 0.1, dropRate: 0.1 };
// A back-off of half a minute passes in one of these.
const LEAP_MILLIS = 35_000;

let site, mock;
before(async () => {
  site = await startSite();
  const belief = { beliefs: [0.7, 0.3], headline: 'A reason', reasoning: 'Because.', evidence: [], predicted_mean_of_others: 0.5 };
  mock = await startAimock(always({}, answer(belief)), { chaos: CHAOS, chunkSize: 400 });
});
after(async () => {
  await site.close();
  await mock.stop();
});

const over = ['converged', 'undecided', 'stopped', 'failed'];

/** Asks one question and returns its run file; the page's clock leaps over every wait. */
async function ask(page, question) {
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'question-input').fill(question);
  await byId(page, 'run-button').click();
  for (let leaps = 0; ; leaps += 1) {
    const status = await byId(page, 'status').getAttribute('data-status');
    if (over.includes(status)) break;
    assert.ok(leaps < 400, `${question} does not end`);
    // Only a wait is leapt over: an answer under way would run into its time-out.
    const waits = await page.locator('[data-testid="retry-now"]').count();
    await (waits > 0 ? page.clock.runFor(LEAP_MILLIS) : page.clock.runFor(50));
  }
  const shown = await page.getByTestId('failures').first().getAttribute('data-value', { timeout: 1_000 }).catch(() => '0');
  const { run } = await exported(page);
  return { run, shown: Number(shown) };
}

/** What the server did to the requests of one question. */
function dealt(question) {
  const counts = { all: 0, rateLimit: 0, drop: 0, disconnect: 0, malformed: 0, fine: 0 };
  for (const { body, chaosAction } of mock.journal()) {
    if (!JSON.stringify(body).includes(question)) continue;
    counts.all += 1;
    counts[chaosAction ?? 'fine'] += 1;
  }
  return counts;
}

function check(question, { run, shown }) {
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
  const sent = dealt(question);
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

for (const [place, format] of FORMATS.entries()) {
  test(`${format.name}: ${QUESTIONS / FORMATS.length} questions under chaos, every failure visible and none lost`, async () => {
    const { page } = await site.open();
    await page.clock.install();
    await page.reload();
    await connect(page, { baseUrl: format.address(mock), model: 'any', ...format });
    await page.evaluate(() => { location.hash = '#/'; });
    await byId(page, 'panel-models').check({ force: true });
    await byId(page, 'remove-agent-2').click();
    await page.locator('details:has([data-testid="rounds-input"]) > summary').click();
    await byId(page, 'rounds-input').fill('1');
    let [attempts, failures] = [0, 0];
    for (let number = 0; number < QUESTIONS / FORMATS.length; number += 1) {
      const question = `Does question ${place}-${number} of the lot end well?`;
      const result = check(question, await ask(page, question));
      attempts += result.attempts;
      failures += result.failures;
    }
    const faults = mock.journal().filter(({ chaosAction }) => chaosAction).length;
    assert.ok(faults > attempts / 4, 'the server did break answers');
    console.log(`${format.name}: ${attempts} requests, ${faults} faults dealt out so far, ${failures} agents failed for good`);
  });
}
