// The story of a simulated panel: one press runs the example of a first visit; a question of one's own with three
// outcomes is traded to a price; pause, step and stop work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { byId, startSite } from './browser.mjs';
import { ended, exported, setRules, verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

test('one press on a first visit runs the example', async () => {
  const { page, watch } = await site.open();
  assert.notEqual(await byId(page, 'question-input').inputValue(), '');
  const atOnce = await page.evaluate(() => {
    document.querySelector('[data-testid="run-button"]').click();
    return document.querySelector('[data-testid="status"]').dataset.status;
  });
  assert.equal(atOnce, 'running', 'in the same task as the press');
  assert.ok(['converged', 'undecided'].includes(await ended(page)));
  assert.notEqual(await byId(page, 'summary').textContent(), '');
  assert.equal(await byId(page, 'calls-total').count(), 1);
  assert.equal(await byId(page, 'agent-row').count(), 8);
  watch.noConsoleErrors();
  watch.onlyHosts();
});

test('a question of one’s own with three outcomes', async () => {
  const { page, watch } = await site.open();
  await byId(page, 'question-input').fill('Which colour wins at the fair?');
  await byId(page, 'add-outcome').click();
  for (const [place, name] of ['Red', 'Green', 'Blue'].entries()) {
    await byId(page, `outcome-input-${place}`).fill(name);
  }
  await byId(page, 'run-button').click();
  await ended(page);
  const prices = await page.locator('[data-testid^="price-"][data-value]').evaluateAll((nodes) =>
    nodes.map((node) => [node.dataset.testid, Number(node.dataset.value)]));
  assert.deepEqual(prices.map(([name]) => name).sort(), ['price-0', 'price-1', 'price-2']);
  assert.ok(Math.abs(prices.reduce((sum, [, price]) => sum + price, 0) - 1) < 1e-9);
  assert.ok((await byId(page, 'trade-row').count()) > 0);
  assert.equal(await verified(page), 'verified');
  const { run } = await exported(page);
  assert.equal(run.spec.question, 'Which colour wins at the fair?');
  assert.deepEqual(run.spec.outcomes, ['Red', 'Green', 'Blue']);
  assert.ok(!('background' in run.spec) && !('answer' in run.spec), 'nothing is left of the example');
  watch.noConsoleErrors();
});

test('pause, step and stop', async () => {
  const { page } = await site.open();
  await setRules(page, { rounds: 90, epsilon: 0 });
  await byId(page, 'run-button').click();
  await byId(page, 'pause-button').click();
  await page.locator('[data-testid="status"][data-status="paused"]').waitFor();
  const trades = () => byId(page, 'trade-row').count();
  const before = await trades();
  await byId(page, 'step-button').click();
  await page.waitForFunction((count) => document.querySelectorAll('[data-testid="trade-row"]').length > count, before);
  await byId(page, 'stop-button').click();
  assert.equal(await ended(page), 'stopped');
  assert.equal(await verified(page), 'verified', 'a stopped run is a whole run');
});

test('with the keyboard alone', async () => {
  const { page } = await site.open();
  await page.keyboard.press('Tab');
  await byId(page, 'question-input').focus();
  await page.keyboard.press('Control+Enter');
  await ended(page);
  const chart = byId(page, 'price-chart');
  await chart.focus();
  const scrubber = byId(page, 'scrubber');
  const end = await scrubber.inputValue();
  await page.keyboard.press('Home');
  assert.notEqual(await scrubber.inputValue(), end);
  await page.keyboard.press('End');
  assert.equal(await scrubber.inputValue(), end);
});
