// What past runs teach: nothing from too few, weights and ρ from a panel with a liar, taken over with one press and
// recorded by the run; and the track record of the same runs, apart by kind of settlement.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { byId, startSite } from './browser.mjs';
import { ended, exported, setRules, setSeed, verified } from './steps.mjs';

/** As many settled questions as learning takes, and a few more. */
const RUNS = 24;

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

async function openMarket(page) {
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'market-details').locator(':scope > summary').click();
}

test('weights are refused from too few runs and learned from enough; the track record keeps kinds apart', async () => {
  const { page, watch } = await site.open();
  // A new question: no label, so the truth of the simulated world settles.
  await byId(page, 'question-input').fill('Is the panel honest?');
  await byId(page, 'agent-kind-7').selectOption({ label: 'Manipulator' });
  await setRules(page, { rounds: 1 });
  for (let place = 0; place < RUNS; place += 1) {
    await page.evaluate(() => { location.hash = '#/'; });
    if (!(await byId(page, 'seed-input').isVisible())) {
      await page.locator('details:has([data-testid="seed-input"]) > summary').click();
    }
    await setSeed(page, (place + 1).toString(16));
    await byId(page, 'run-button').click();
    await ended(page);
    if (place === 2) {
      await openMarket(page);
      await byId(page, 'learned-refused').getByText(/3 of the 20/).waitFor();
    }
  }
  await openMarket(page);
  await byId(page, 'learned-offer').waitFor();
  await byId(page, 'learned-offer').getByText(new RegExp(`On ${RUNS} questions`)).waitFor();
  const rho = Number(await byId(page, 'learned-offer').getAttribute('data-rho'));
  await byId(page, 'learned-use').click();
  assert.ok(await byId(page, 'guard-weights').isChecked());
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await verified(page), 'verified');
  const { run } = await exported(page);
  assert.equal(run.spec.guard.kind, 'weights');
  assert.equal(run.spec.guard.weights.length, 8);
  assert.ok(run.spec.guard.weights[7] < Math.min(...run.spec.guard.weights.slice(0, 7)), 'the liar counts least');
  assert.ok(Math.abs(run.spec.sizing.rho - rho) < 0.001);

  // The same runs, one group a kind of settlement.
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'mode-self-resolving').check({ force: true });
  await byId(page, 'run-button').click();
  await ended(page);
  await page.evaluate(() => { location.hash = '#/runs'; });
  const group = (kind) => page.locator(`[data-testid="track-group"][data-kind="${kind}"]`);
  await group('peers').waitFor();
  assert.equal(await byId(page, 'track-group').count(), 2);
  const cells = (kind, agent) => group(kind).locator(`[data-agent="${agent}"] td`).allTextContents();
  const [runs, result, brier, log] = await cells('label', 'Manipulator');
  assert.equal(Number(runs), RUNS + 1);
  assert.match(result, /^[+−]\d/);
  assert.ok(Number(brier) > 1.5 && Number(log) > 3, `a liar scores badly: ${brier}, ${log}`);
  assert.deepEqual((await cells('peers', 'Manipulator')).slice(2), ['–', '–'], 'no truth, no score');
  await group('label').getByText('simulated').first().waitFor();
  watch.noConsoleErrors();
});

test('nothing is settled yet', async () => {
  const { page } = await site.open('#/runs', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await byId(page, 'track-empty').waitFor();
});

test('the robust guard: chosen, run, verified, and only for two answers', async () => {
  const { page } = await site.open();
  await openMarket(page);
  await byId(page, 'guard-robust').check();
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await verified(page), 'verified');
  const { run } = await exported(page);
  assert.deepEqual(run.spec.guard, { kind: 'robust' });
  await openMarket(page);
  await byId(page, 'guard-none').check();
  await byId(page, 'add-outcome').click();
  assert.ok(await byId(page, 'guard-robust').isDisabled());
});
