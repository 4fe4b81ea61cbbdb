// A person trades beside the panel: by stake or by price, with the figures of the quote that executes; a lock that asks
// again; and the trade is everywhere that a run is: in the log, in what-ifs, in files, in links, under Verify.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { axe, byId, screenshot, startSite } from './browser.mjs';
import { ended, exported, verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const TICK = 0.0001;
const value = async (page, testId) => Number(await byId(page, testId).getAttribute('data-value'));
const price = (page, outcome = 0) => value(page, `price-${outcome}`);
const rows = (page) => byId(page, 'trade-row').count();
const paused = (page) => page.locator('[data-testid="status"][data-status="paused"]').waitFor();
const near = (made, wanted, by, what) => assert.ok(Math.abs(made - wanted) <= by, `${what}: ${made} is not ${wanted}`);

/** A run with the person on the panel, at the pause after its first round. */
async function seated(options) {
  const opened = await site.open('', { reducedMotion: 'reduce', ...options });
  await byId(opened.page, 'i-trade').check();
  await byId(opened.page, 'run-button').click();
  await paused(opened.page);
  await byId(opened.page, 'your-trade').waitFor();
  return opened;
}

/** Waits until one more trade than `before` stands in the list. */
const traded = (page, before) =>
  page.waitForFunction((count) => document.querySelectorAll('[data-testid="trade-row"]').length > count, before);

test('by the slider, by a price, held back and pressed again; then in the log, in what-ifs, in a file and in a link', async () => {
  const { page, watch } = await seated();
  // The stake moves, and the price that results stands in its field and in the preview.
  await byId(page, 'your-stake-slider').fill('4');
  assert.equal(await byId(page, 'your-stake').inputValue(), '4');
  const promised = await value(page, 'your-new-price');
  assert.equal(await byId(page, 'your-target').inputValue(), (promised * 100).toFixed(1));
  near(await value(page, 'your-cost'), 4, 1e-4, 'cost');
  near(await value(page, 'your-worst'), 4, 1e-4, 'worst loss');
  near(await value(page, 'your-left'), 96, 1e-4, 'purse');
  let before = await rows(page);
  await byId(page, 'your-buy').click();
  await traded(page, before);
  assert.equal(await rows(page), before + 1);
  near(await price(page), promised, 1e-12, 'the preview is what happens');
  assert.match(await byId(page, 'your-done').textContent(), /^You bought .* shares of “Yes” for 4\.00/);

  // A price is written, and the stake that takes it there is solved.
  const wanted = Math.round((await price(page)) * 100) + 5;
  await byId(page, 'your-target').fill(String(wanted));
  near(await value(page, 'your-new-price'), wanted / 100, TICK, 'solved');
  const stake = Number(await byId(page, 'your-stake').inputValue());
  near(stake, await value(page, 'your-cost'), 0.005, 'stake');
  near(Number(await byId(page, 'your-stake-slider').inputValue()), stake, 0.005, 'slider');
  before = await rows(page);
  await byId(page, 'your-buy').click();
  await traded(page, before);
  near(await price(page), wanted / 100, TICK, 'target');

  // Far: held back, said why, and nothing is bought before the second press.
  const far = wanted + 15;
  await byId(page, 'your-target').fill(String(far));
  before = await rows(page);
  await byId(page, 'your-buy').click();
  const lock = byId(page, 'your-lock');
  await lock.waitFor();
  assert.match(await lock.textContent(), /Not placed: this would move Yes from .* 15 points/);
  assert.equal(await rows(page), before, 'nothing was bought');
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'trade-lock');
  // Another order is another question.
  await byId(page, 'your-target').fill(String(far + 1));
  assert.equal(await lock.count(), 0);
  await byId(page, 'your-buy').click();
  await byId(page, 'your-leave').click();
  assert.equal(await lock.count(), 0);
  assert.equal(await rows(page), before, 'still nothing');
  await byId(page, 'your-buy').click();
  await byId(page, 'your-confirm').click();
  await traded(page, before);
  near(await price(page), (far + 1) / 100, TICK, 'after the second press');

  // The rest of the run, then everywhere that it can be found.
  await byId(page, 'pause-button').click();
  await ended(page);
  assert.equal(await byId(page, 'your-trade').count(), 0, 'over is over');
  const { run } = await exported(page);
  const you = run.spec.agents.findIndex(({ kind }) => kind.type === 'person');
  const mine = run.events.filter(({ event }) => event.type === 'traded' && event.trade.agent === you);
  assert.equal(mine.length, 3);
  near(mine[0].event.trade.prices_after[0], promised, 1e-12, 'in the log');
  const [table] = await Promise.all([page.waitForEvent('download'), byId(page, 'export-csv').click()]);
  const [titles, ...lines] = (await readFile(await table.path(), 'utf8')).trim().split('\r\n').map((line) => line.split(','));
  const column = (name) => titles.indexOf(name);
  const bought = lines.filter((line) => line[column('event')] === 'traded' && line[column('kind')] === 'person');
  assert.deepEqual(bought.map((line) => line[column('seq')]), mine.map(({ seq }) => String(seq)), 'in the table');
  assert.equal(await verified(page), 'verified');

  await page.evaluate(() => { location.hash = '#/run/why'; });
  await byId(page, 'view-expert').click();
  await page.locator('[data-testid="why-detail"][data-state="done"]').waitFor({ timeout: 60_000 });
  const without = await byId(page, 'why-without').getByTestId('figure-row').evaluateAll((all) => all.map((row) => Number(row.dataset.value)));
  const leader = Number(await byId(page, 'why-without').getAttribute('data-outcome'));
  const end = run.events.findLast(({ event }) => event.type === 'traded').event.trade.prices_after[leader];
  assert.ok(Math.abs(without[you] - end) > 0.005, `without me ${without[you]}, with me ${end}`);

  await page.evaluate(() => { location.hash = '#/run/audit?share=1'; });
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  const other = await site.open();
  await other.page.goto(link);
  await byId(other.page, 'trade-row').first().waitFor();
  const ours = other.page.locator('[data-testid="trade-row"]', { hasText: 'You' });
  await ours.nth(2).waitFor();
  assert.equal(await ours.count(), 3);
  assert.equal(await byId(other.page, 'head-digest').textContent(), run.head.digest);
  await byId(other.page, 'verify-button').click();
  await other.page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  assert.equal(await byId(other.page, 'your-trade').count(), 0, 'nobody trades in a link');
  watch.noConsoleErrors();
  other.watch.noConsoleErrors();
});

test('what the market refuses is named, and what lies out of reach with the furthest price', async () => {
  const { page } = await seated();
  const before = await rows(page);
  await byId(page, 'your-stake').fill('150');
  assert.match(await byId(page, 'your-refusal').textContent(), /costs 150\.00 and your purse holds 100\.00/);
  await byId(page, 'your-buy').click();
  assert.match(await byId(page, 'error-banner').textContent(), /costs 150\.00 and your purse holds 100\.00/);
  for (const [text, said] of [['0', /Nothing is asked for/], ['many', /not a number/], ['-3', /negative/]]) {
    await byId(page, 'your-stake').fill(text);
    assert.match(await byId(page, 'your-refusal').textContent(), said);
  }
  const yes = await price(page);
  await byId(page, 'your-target').fill(String(Math.floor(yes * 100) - 3));
  assert.match(await byId(page, 'your-refusal').textContent(), /buying moves it up/);
  await byId(page, 'your-target').fill('99.99');
  const refusal = await byId(page, 'your-refusal').textContent();
  const furthest = Number(/goes to ([\d.]+)/.exec(refusal)[1]);
  // All of the purse leads just there.
  await page.keyboard.press('Tab');
  await byId(page, 'your-stake-slider').focus();
  await page.keyboard.press('End');
  near((await value(page, 'your-new-price')) * 100, furthest, 0.06, 'furthest');
  near(await value(page, 'your-left'), 0, 1e-5, 'all of it');
  assert.equal(await rows(page), before, 'nothing of this was bought');
});

test('a price that moved meanwhile is asked about again, and what is held is sold', async () => {
  const { page } = await seated();
  // The example's third round moves Yes by some 25 points.
  const priceIs = (test) => page.waitForFunction(`(${test})(Number(document.querySelector('[data-testid="price-0"]').dataset.value))`);
  await byId(page, 'step-button').click();
  await priceIs('(yes) => yes > 0.4');
  await paused(page);
  await byId(page, 'your-stake').fill('5');
  const seen = await price(page);
  await byId(page, 'step-button').click();
  await priceIs(`(yes) => yes > ${seen + 0.11}`);
  await paused(page);
  let before = await rows(page);
  await byId(page, 'your-buy').click();
  assert.match(await byId(page, 'your-lock').textContent(), /when you set this order and stands at .* now/);
  assert.equal(await rows(page), before, 'nothing was bought');
  await byId(page, 'your-confirm').click();
  await traded(page, before);

  before = await rows(page);
  await byId(page, 'your-side-sell').click();
  const held = await value(page, 'your-shares');
  await byId(page, 'your-stake-slider').fill((held / 2).toFixed(2));
  const proceeds = await value(page, 'your-proceeds');
  const left = await value(page, 'your-left');
  const promised = await value(page, 'your-new-price');
  assert.ok(proceeds > 0 && promised < (await price(page)), `${proceeds}, ${promised}`);
  await byId(page, 'your-buy').click();
  await traded(page, before);
  near(await price(page), promised, 1e-12, 'sold at the preview');
  assert.match(await byId(page, 'your-done').textContent(), /^You sold /);
  assert.ok((await byId(page, 'your-standing').textContent()).includes(left.toFixed(2)), 'the money is in the purse');
  await byId(page, 'stop-button').click();
  await ended(page);
  assert.equal(await verified(page), 'verified');
});

for (const options of [
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
]) {
  const { viewport: { width }, colorScheme } = options;
  test(`with the keyboard alone, ${width} pixels, ${colorScheme}`, async () => {
    const { page, watch } = await seated(options);
    assert.deepEqual(await axe(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await byId(page, 'your-outcome').focus();
    const tab = async (testId) => {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), testId);
    };
    await tab('your-side-buy');
    await tab('your-side-sell');
    await tab('your-stake-slider');
    const first = Number(await byId(page, 'your-stake').inputValue());
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowLeft');
    near(Number(await byId(page, 'your-stake').inputValue()), first - 3, 0.011, 'an arrow is a hundredth of the purse');
    await tab('your-stake');
    await tab('your-target');
    await page.keyboard.press('ControlOrMeta+A');
    const wanted = Math.round((await price(page)) * 100) + 12;
    await page.keyboard.type(String(wanted));
    await tab('your-buy');
    const before = await rows(page);
    await page.keyboard.press('Enter');
    await byId(page, 'your-lock').waitFor();
    await screenshot(page, `trade-${width}-${colorScheme}`);
    await tab('your-confirm');
    await page.keyboard.press('Enter');
    await traded(page, before);
    near(await price(page), wanted / 100, TICK, 'target');
    watch.noConsoleErrors();
  });
}
