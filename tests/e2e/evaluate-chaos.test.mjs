// Evaluate at full length against a server that breaks its answers: 200 questions, rate limits, cut connections and bodies
// that are no JSON, and a page whose process is killed twice on the way. Every question ends with every agent's answer,
// the totals are exact, and the mock's own journal says that no answer that reached the page was paid for twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import { always, answer, startAimock } from './aimock.mjs';
import { byId, ready, startSite } from './browser.mjs';
import { done, drawn, file, keptReplies, lines, onEvaluate, scores, start, tick } from './evaluation.mjs';

const QUESTIONS = 200;
const MODELS = ['first', 'second'];
const AT_ONCE = 16;
const CHAOS = { rateLimitRate: 0.2, disconnectRate: 0.1, malformedRate: 0.1 };
/** A call fails for good now and then; so often it is asked again at most. */
const MOST_RETRIES = 8;
const PATIENCE_MILLIS = 60_000;
// The page's clock leaps over its waits between attempts, and stays far from any time-out.
const LEAP_MILLIS = 1_000;
const BREATH_MILLIS = 40;

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'first' }, answer({ beliefs: [0.8, 0.2], headline: 'Yes' })),
    ...always({ model: 'second' }, answer({ beliefs: [0.6, 0.4], headline: 'Perhaps' })),
  ], { chaos: CHAOS, chunkSize: 400 });
});
after(async () => {
  await site.close();
  await mock.stop();
});

/** The site's `open`, for a context whose time can leap. */
async function openWithClock(route) {
  const opened = await site.open(route);
  await opened.context.clock.install();
  await opened.page.reload();
  await ready(opened.page);
  return opened;
}

/** Requests that got their whole answer. */
const answered = () =>
  mock.journal().filter(({ status, chaosAction, interrupted }) => status === 200 && !chaosAction && !interrupted);

/** Lets the page's time pass until something is so. */
async function until(page, isSo) {
  const end = performance.now() + PATIENCE_MILLIS;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, `still not so after ${PATIENCE_MILLIS / 1_000} s: ${isSo}`);
    await page.clock.fastForward(LEAP_MILLIS);
    await passes(BREATH_MILLIS);
  }
}

/** Until the server has no more to say. */
async function quiet() {
  let before;
  do {
    before = mock.journal().length;
    await passes(200);
  } while (mock.journal().length !== before);
}

/** Kills the page's process, and opens another page of the site without the program. */
async function kill(page) {
  const context = page.context();
  const crashed = page.waitForEvent('crash');
  const debugging = await context.newCDPSession(page);
  debugging.send('Page.crash').catch(() => {}); // it dies before it answers
  await crashed;
  await page.close();
  await quiet();
  const next = await context.newPage();
  await next.goto(`${site.url}favicon.svg`);
  return next;
}

/** The program again: it goes on by itself. */
async function goOn(page) {
  await page.goto(`${site.url}#/evaluate`);
  await ready(page);
  await byId(page, 'evaluate-figures').waitFor();
}

const stands = (page) => byId(page, 'evaluate-result').getAttribute('data-stage');
const failed = async (page) =>
  (await byId(page, 'evaluate-failures').count()) ? Number(await byId(page, 'evaluate-failures').getAttribute('data-agents')) : 0;

test(`${QUESTIONS} questions under chaos, killed twice: exact totals, and no answer paid for twice`, async () => {
  const clocked = { ...site, open: openWithClock };
  const opened = await onEvaluate(clocked, mock, MODELS, { atOnce: AT_ONCE });
  const { context } = opened;
  let { page } = opened;
  await file(page, 'set.jsonl', lines(QUESTIONS));
  await tick(page, 'mean', 'panel', 'majority');
  await start(page);

  // Killed in full flight: what the server answered to nobody is lost, and is all that may be asked again.
  await until(page, async () => (await done(page)) >= 50);
  page = await kill(page);
  const lost = answered().length - (await keptReplies(page));
  assert.ok(lost >= 0 && lost <= AT_ONCE, `${lost} answers were lost`);

  // Killed while calls hang of which none was answered: nothing is lost.
  await goOn(page);
  await until(page, async () => (await done(page)) >= 120);
  let hanging = 0;
  await context.route(`${mock.origin}/**`, () => { hanging += 1; });
  await until(page, async () => hanging > 0 && (await keptReplies(page)) === answered().length - lost);
  page = await kill(page);
  assert.equal(answered().length - (await keptReplies(page)), lost, 'nothing is lost by the second kill');
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await goOn(page);

  // Whoever failed for good is counted, said, and asked again until nobody is left.
  let failures = 0;
  for (let retries = 0; ; retries += 1) {
    await until(page, async () => (await stands(page)) === 'over');
    const here = await failed(page);
    if (here === 0) break;
    assert.ok(retries < MOST_RETRIES, `${here} agents have still failed`);
    failures += here;
    await byId(page, 'evaluate-retry').click();
    await until(page, async () => (await stands(page)) === 'running' || (await failed(page)) === 0);
  }
  await drawn(page);

  const times = new Map();
  for (const { body } of answered()) {
    const words = JSON.stringify(body);
    times.set(words, (times.get(words) ?? 0) + 1);
  }
  const calls = QUESTIONS * MODELS.length;
  assert.equal(times.size, calls, 'every agent answered every question');
  const twice = [...times.values()].reduce((sum, count) => sum + count - 1, 0);
  assert.equal(twice, lost, 'only what was lost on its way was asked again');
  assert.equal(await done(page), QUESTIONS);
  const figures = byId(page, 'evaluate-figures');
  assert.equal(await figures.getAttribute('data-calls'), String(calls + failures), 'every call is counted once');
  const table = await scores(page);
  for (const method of ['mean', 'panel', 'majority']) {
    const { answered: all, calls: asked, accuracy } = table[method];
    assert.deepEqual([all, asked, Number(accuracy)], [String(QUESTIONS), String(calls), 0.5], method);
  }
  const dealt = mock.journal().filter(({ chaosAction }) => chaosAction).length;
  assert.ok(dealt > calls / 5, 'the server did break answers');
  console.log(`${mock.journal().length} requests, ${dealt} faults dealt out, ${lost} answers lost by a kill, ${failures} agents asked again`);
  await context.close();
});
