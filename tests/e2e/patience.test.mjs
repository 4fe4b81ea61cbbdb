// What a person can do about an agent that others wait for: ask it now, or go on without it, both in its row while it
// counts down; and what happens if nobody does anything about one that hangs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, startSite } from './browser.mjs';
import { busy, refuses, says, startServer } from './server.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

const BELIEFS = { steady: 0.75, other: 0.25, patient: 0.6, forgotten: 0.55 };
const belief = (p) => ({ beliefs: [p, 1 - p], headline: 'A reason', reasoning: 'Because of this.' });
// Far longer than any test waits: whoever answers before that was asked by hand.
const WAIT_SECONDS = 90;

let site, server;
before(async () => {
  site = await startSite();
  server = await startServer(({ body: { model }, nth }) => {
    if (model === 'hangs') return undefined;
    if (model === 'refused' || (model === 'patient' && nth === 0)) return busy(WAIT_SECONDS);
    if (model === 'forgotten' && nth === 0) return refuses(401, 'No key');
    return says(belief(BELIEFS[model]));
  });
});
after(async () => {
  await site.close();
  await server.stop();
});

const rowOf = (page, agent) => page.locator(`[data-testid="agent-row"][data-agent="${agent}"]`);

/** Runs models, all of which may be asked at once. */
async function run(page, question, models, { rounds = 1, patience } = {}) {
  await connect(page, { baseUrl: server.baseUrl, model: models[0], atOnce: 8 });
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'panel-models').check({ force: true });
  for (let seats = 3; seats < models.length; seats += 1) await byId(page, 'add-agent').click();
  await modelPanel(page, { question, models, rounds });
  if (patience !== undefined) await byId(page, 'patience-input').fill(String(patience));
  await byId(page, 'run-button').click();
}

/** What the file says of each agent that failed, and of each that answered. */
function fates({ events }) {
  const of = (type) => events.filter(({ event }) => event.type === type).map(({ event }) => event);
  return { failed: of('failed').map(({ agent, failure }) => [agent, failure.kind]), answered: of('forecast').map(({ agent }) => agent) };
}

test('Retry now ends a countdown at once, Go on without it ends the wait for good', async () => {
  const { page, watch } = await site.open('', { reducedMotion: 'reduce' });
  await run(page, 'Who is waited for?', ['steady', 'patient', 'refused', 'forgotten', 'other']);

  // The countdown is in view and counts, and the row says why.
  const countdown = rowOf(page, 1).getByText(/tries again in \d+ s/);
  await countdown.waitFor();
  const seconds = async () => Number((await countdown.textContent()).match(/(\d+) s/)[1]);
  const first = await seconds();
  assert.ok(first > WAIT_SECONDS - 30 && first <= WAIT_SECONDS + 1, `${first} s`);
  await page.waitForFunction((first) => {
    const said = document.querySelector('[data-testid="agent-row"][data-agent="1"]').textContent;
    return Number(said.match(/again in (\d+) s/)?.[1]) < first;
  }, first);
  assert.match(await rowOf(page, 1).getByTestId('agent-failure').textContent(), /429/);
  await rowOf(page, 2).getByTestId('go-on-without').waitFor();
  assert.deepEqual(await axe(page), []);

  // By mouse for one that waits …
  await rowOf(page, 1).getByTestId('retry-now').click();
  await rowOf(page, 1).getByTestId('retry-now').waitFor({ state: 'detached' });
  await rowOf(page, 1).getByText(/tries again/).waitFor({ state: 'detached' });
  // … and for one that has failed for good while the round is open.
  assert.match(await rowOf(page, 3).getByTestId('agent-failure').textContent(), /Key refused/);
  await rowOf(page, 3).getByTestId('retry-now').click();
  await rowOf(page, 3).getByTestId('agent-failure').waitFor({ state: 'detached' });
  assert.equal(await byId(page, 'status').getAttribute('data-status'), 'running', 'the round waits for the last one');

  // By keyboard, with a name that says whom it is about.
  const goOn = rowOf(page, 2).getByTestId('go-on-without');
  assert.match(await goOn.getAttribute('aria-label'), /.+: .+/);
  await goOn.focus();
  await page.keyboard.press('Enter');
  assert.ok(['converged', 'undecided'].includes(await ended(page)));
  assert.match(await rowOf(page, 2).getByTestId('agent-failure').textContent(), /Left out/);
  assert.equal(await page.locator('[data-testid="retry-now"], [data-testid="go-on-without"]').count(), 0);

  const { run: file } = await exported(page);
  assert.deepEqual(fates(file), { failed: [[2, 'left_out']], answered: [0, 1, 3, 4] });
  const asked = (name) => server.asked.filter(({ model }) => model === name).length;
  assert.deepEqual(['patient', 'forgotten', 'refused'].map(asked), [2, 2, 1], 'nobody is asked once too often');
  const [{ retries }] = file.timings.entries.filter(({ agent }) => agent === 1);
  assert.ok(retries[0].wait_millis < WAIT_SECONDS * 1_000, 'as long as was really waited');
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors({ except: [/status of (401|429)/] });
});

test('an agent that hangs keeps the others waiting for its time and no longer', async () => {
  const { page, watch } = await site.open();
  const PATIENCE = 2;
  await run(page, 'Does one block all?', ['steady', 'hangs', 'other'], { rounds: 2, patience: PATIENCE });
  // The others have answered long before; the page says whom they wait for.
  await page.getByText(/The others wait for/).waitFor();
  await rowOf(page, 1).getByText('thinking…').waitFor();
  assert.ok(['converged', 'undecided'].includes(await ended(page)));
  assert.match(await rowOf(page, 1).getByTestId('agent-failure').textContent(), /No answer in time/);
  const { run: file } = await exported(page);
  const { failed, answered } = fates(file);
  assert.deepEqual(failed, [[1, 'timeout'], [1, 'timeout']]);
  assert.deepEqual(answered, [0, 2, 0, 2], 'both rounds were played by the others');
  assert.ok(file.events.some(({ event }) => event.type === 'traded'), 'and they traded');
  const calls = file.timings.entries;
  for (const { latency_millis: took } of calls.filter(({ agent }) => agent === 1)) {
    assert.ok(took >= PATIENCE * 1_000 && took < PATIENCE * 1_000 + 5_000, `${took} ms`);
  }
  // It was given up without a second try: its time was over.
  assert.equal(server.asked.filter(({ model }) => model === 'hangs').length, 2);
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors();
});
