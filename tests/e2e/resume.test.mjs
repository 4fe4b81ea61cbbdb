// The tab dies at every moment of a run at which something new is kept: closed, crashed or loaded again. The next visit
// goes on from there, no answered call is sent again, and the head is that of a run that nobody disturbed.
// (That every single event is such a moment is proved natively, in tests/archive_resume.rs: a step is written whole.)
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lateAnswer, startAimock } from './aimock.mjs';
import { byId, ready, startSite } from './browser.mjs';
import { connect, ended, modelPanel, setSeed, verified } from './steps.mjs';
import { kept } from './kept.mjs';

const belief = (p) => ({ beliefs: [p, 1 - p], headline: `About ${p}`, reasoning: 'Because.', evidence: ['a fact'], predicted_mean_of_others: 0.5 });
const MODELS = ['early', 'middle', 'late'];
const ROUNDS = 2;
const CALLS = MODELS.length * ROUNDS;

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    { ...lateAnswer(150, belief(0.8)), match: { model: 'early' } },
    { ...lateAnswer(600, belief(0.3)), match: { model: 'middle' } },
    { ...lateAnswer(900, belief(0.6)), match: { model: 'late' } },
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

const headOf = async (page) => {
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  return byId(page, 'head-digest').textContent();
};

/** Fills the form and starts the same run as ever. */
async function start(page) {
  await modelPanel(page, { question: 'Does it survive?', models: MODELS, rounds: ROUNDS });
  await setSeed(page, '00000000000000aa');
  await byId(page, 'run-button').click();
}

/** Ends the tab; gives the page that comes after it. A reload goes on by itself at once, the others when they are asked. */
async function die(how, page, context) {
  if (how === 'crash') {
    const session = await context.newCDPSession(page);
    session.send('Page.crash').catch(() => {});
    await page.waitForEvent('crash');
  }
  if (how === 'reload') {
    await page.reload();
    await ready(page);
    return page;
  }
  await page.close();
  return context.newPage();
}

/** How often each question was put to the mock since it had seen `from` of them: an agent's question of a round is its own. */
function timesAsked(from) {
  const times = new Map();
  for (const { body } of mock.journal().slice(from)) {
    const question = JSON.stringify([body.model, body.messages]);
    times.set(question, (times.get(question) ?? 0) + 1);
  }
  return [...times.values()];
}

test('whenever the tab dies, the run goes on to the same head and nothing is paid twice', { timeout: 240_000 }, async (t) => {
  const { page: first, context, watch } = await site.open('#/settings');
  // A page of the same origin without the app: it looks at what is kept while no tab of the app is there.
  const morgue = await context.newPage();
  await morgue.goto(`${site.url}public/favicon.svg`);
  await connect(first, { baseUrl: mock.baseUrl, model: 'early' });
  let calls = mock.journal().length;
  await start(first);
  await ended(first);
  assert.deepEqual(timesAsked(calls), Array(CALLS).fill(1));
  const whole = (await kept(morgue))[0];
  const head = await headOf(first);
  assert.ok(whole.events >= 20, `${whole.events} events`);
  await first.close();

  const firstStep = 2;
  const moments = [
    [0, 0, 'close'], [firstStep, 0, 'crash'], [firstStep, 1, 'close'], [firstStep, 2, 'reload'], [firstStep + 1, 3, 'close'],
    [firstStep + 1, 4, 'crash'], [firstStep + 1, 5, 'close'], [firstStep + 1, 5, 'reload'], [whole.events, 6, 'close'],
  ];
  for (const [place, [events, replies, how]] of moments.entries()) {
    const page = await context.newPage();
    await page.goto(`${site.url}#/`);
    await ready(page);
    const known = new Set((await kept(morgue)).map(({ id }) => id));
    calls = mock.journal().length;
    await start(page);
    let run;
    do {
      run = (await kept(morgue)).find(({ id }) => !known.has(id));
    } while (!run || run.events < events || run.replies < replies);
    const next = await die(how, page, context);
    // After a reload the run goes on before anybody could look, so there what was kept before it counts.
    const left = how === 'reload' ? run : (await kept(morgue)).find(({ id }) => id === run.id);
    // Half of the visits begin on the first page, where the run is offered.
    if (how !== 'reload') {
      const offered = left.events < whole.events && place % 4 !== 1;
      await next.goto(`${site.url}${offered ? '#/' : '#/run'}`);
      await ready(next);
      if (offered) await byId(next, 'resume-button').click();
      if (left.events === whole.events) {
        await next.goto(`${site.url}#/runs`);
        await next.locator(`[data-run="${run.id}"] [data-testid="run-open"]`).click();
      }
    }
    await ended(next);
    t.diagnostic(`${how} after ${left.events} events and ${left.replies} answers`);
    assert.equal(await headOf(next), head, `${how} after ${left.events} events and ${left.replies} answers`);
    const times = timesAsked(calls);
    assert.equal(times.length, CALLS, 'every question was put');
    const again = times.filter((count) => count > 1).length;
    assert.ok(again <= CALLS - left.replies, `${again} questions were put again, though ${left.replies} were answered`);
    assert.ok(times.every((count) => count <= 2), `a question was put ${Math.max(...times)} times`);
    if (place === 2) assert.equal(await verified(next), 'verified');
    await next.close();
  }
  assert.deepEqual(watch.pageErrors, []);
});

test('a paused run is paused again after a reload, and a simulated one goes on as well', async () => {
  const { page, watch } = await site.open();
  // With a person on the panel, a simulated run pauses by itself after its first round.
  await byId(page, 'i-trade').check();
  await byId(page, 'run-button').click();
  await page.locator('[data-testid="status"][data-status="paused"]').waitFor();
  const rows = await byId(page, 'trade-row').count();
  await page.reload();
  await ready(page);
  await page.locator('[data-testid="status"][data-status="paused"]').waitFor();
  assert.ok((await byId(page, 'trade-row').count()) >= rows);
  await byId(page, 'pause-button').click();
  await ended(page);
  const head = await headOf(page);
  await page.reload();
  await ready(page);
  assert.equal(await headOf(page), head, 'a finished run is still open after a reload');
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors();
});
