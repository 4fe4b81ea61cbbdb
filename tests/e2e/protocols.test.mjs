// Each mode from the page: run by simulated traders and by models, verified, exported, opened again, forked; settled by
// hand afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { always, answer, startAimock } from './aimock.mjs';
import { byId, startSite } from './browser.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

const belief = (p) => ({ beliefs: [p, 1 - p], headline: `I claim ${p}`, reasoning: 'Because of this.' });

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'maker' }, answer(belief(0.7))),
    ...always({ model: 'trader' }, answer({ argument: 'The harbour is frozen', question: '' })),
    ...always({ model: 'reporter' }, answer(belief(0.6))),
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

/** Chooses a mode and runs what the form holds. */
async function run(page, mode) {
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, `mode-${mode}`).check({ force: true });
  await byId(page, 'run-button').click();
  return ended(page);
}

/** Verifies, exports, opens the file again in another page and follows the link there. */
async function travels(page) {
  assert.equal(await verified(page), 'verified');
  const { text, run } = await exported(page);
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  const other = await site.open();
  await byId(other.page, 'import-run').setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await byId(other.page, 'verify-button').click();
  await other.page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  await other.page.goto(link);
  await byId(other.page, 'verify-button').click();
  await other.page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  await other.page.context().close();
  return run;
}

test('maker–trader with simulated traders: arguments in turn, gates, file, link, fork', async () => {
  const { page, watch } = await site.open();
  assert.ok(['converged', 'undecided'].includes(await run(page, 'maker-trader')));
  await byId(page, 'statement-row').first().waitFor();
  assert.ok((await byId(page, 'statement-row').count()) >= 5, 'an estimate, and arguments with answers');
  await byId(page, 'gates').waitFor();
  assert.equal(await byId(page, 'trade-row').count(), 0);
  const { events, spec } = await travels(page);
  const types = new Set(events.map(({ event }) => event.type));
  for (const type of ['began', 'turn_opened', 'argued', 'forecast', 'gauged']) assert.ok(types.has(type), type);
  assert.equal(spec.mode.maker_trader.turns, 10);
  await page.evaluate(() => { location.hash = '#/run'; });
  await byId(page, 'fork-button').click();
  assert.ok(await byId(page, 'mode-maker-trader').isChecked(), 'the fork keeps the mode');
  watch.noConsoleErrors();
});

test('self-resolving with simulated traders: sealed stop, payments, judged by peers', async () => {
  const { page, watch } = await site.open();
  await run(page, 'self-resolving');
  await page.getByTestId('result').getByText(/judged by peers/i).waitFor();
  const { events } = await travels(page);
  const of = (type) => events.filter(({ event }) => event.type === type).map(({ event }) => event);
  assert.match(of('began')[0].stop_commitment, /^[0-9a-f]{64}$/);
  assert.match(of('peers_paid')[0].stop_seed, /^[0-9a-f]{16}$/);
  watch.noConsoleErrors();
});

test('the switches of a mode come and go with it, and count', async () => {
  const { page } = await site.open();
  await page.locator('details:has([data-testid="rounds-input"]) > summary').click();
  const turns = byId(page, 'mode-first-input');
  assert.equal(await turns.count(), 0, 'the Market has none');
  await byId(page, 'mode-self-resolving').check({ force: true });
  await turns.waitFor();
  assert.equal(await byId(page, 'cross-examination').count(), 0);
  await byId(page, 'mode-maker-trader').check({ force: true });
  await byId(page, 'cross-examination').check();
  await turns.fill('4');
  await byId(page, 'run-button').click();
  await ended(page);
  const { turns: most, cross_examination: cross } = (await exported(page)).run.spec.mode.maker_trader;
  assert.deepEqual([most, cross], [4, true]);
});

test('a question with three answers is refused in words', async () => {
  const { page } = await site.open();
  await byId(page, 'add-outcome').click();
  await byId(page, 'outcome-input-2').fill('Perhaps');
  await byId(page, 'mode-maker-trader').check({ force: true });
  await byId(page, 'run-button').click();
  await byId(page, 'error-banner').getByText(/two answers/).waitFor();
});

test('models as maker and traders, and a settlement by hand that stays verifiable', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'maker' });
  await modelPanel(page, { question: 'Will the ferry sail?', models: ['maker', 'trader', 'trader'] });
  assert.equal(await run(page, 'maker-trader'), 'converged');
  assert.equal(await byId(page, 'price-0').getAttribute('data-value'), '0.7');
  await page.getByText('The harbour is frozen').first().waitFor();
  const before = (await exported(page)).run;
  assert.equal(before.events.filter(({ event }) => event.type === 'call').length, 5);
  await page.evaluate(() => { location.hash = '#/run'; });
  await byId(page, 'resolve-outcome').selectOption('1');
  await byId(page, 'resolve-button').click();
  await page.getByTestId('result').getByText(/by hand/i).waitFor();
  const resolved = await travels(page);
  assert.equal(resolved.events.length, before.events.length + 1);
  assert.equal(resolved.events.at(-2).digest, before.head.digest, 'the old head stays inside');
  assert.deepEqual(resolved.events.at(-1).event.basis, 'person');
  watch.noConsoleErrors();
});

test('models report in turn', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'reporter' });
  await modelPanel(page, { question: 'Will it ever be known?', models: ['reporter', 'reporter', 'reporter'] });
  await run(page, 'self-resolving');
  await byId(page, 'summary').getByText(/one model/i).waitFor();
  await travels(page);
  watch.noConsoleErrors();
});
