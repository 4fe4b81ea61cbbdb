// Why: who moved the answer and with which argument, who disagrees, what it cost, how right everybody was, and every
// what-if that replays of the log can give; on runs of this tab, of files and of links.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, screenshot, startSite } from './browser.mjs';
import { ended, exported, setRules } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const go = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);
const detail = (page, state) => page.locator(`[data-testid="why-detail"][data-state="${state}"]`).waitFor({ timeout: 60_000 });
const values = (page, card) =>
  byId(page, card).getByTestId('figure-row').evaluateAll((rows) => rows.map((row) => Number(row.dataset.value)));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Runs the first example and goes to its Why page by the link under the answer. */
async function explained(options) {
  const opened = await site.open('', { reducedMotion: 'reduce', ...options });
  await byId(opened.page, 'run-button').click();
  await ended(opened.page);
  await byId(opened.page, 'why-link').click();
  await byId(opened.page, 'why').waitFor();
  return opened;
}

for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
    test(`the answer explained, ${colorScheme}, ${size}`, async () => {
      const { page, watch } = await explained({ colorScheme, viewport });
      await byId(page, 'why-marks').waitFor();
      assert.ok((await byId(page, 'why-argument').count()) >= 2);
      assert.match(await byId(page, 'why-agreed').getAttribute('data-verdict'), /^(person|panel)$/);
      assert.match(await byId(page, 'why-cost').textContent(), /no calls: no cost/);
      assert.equal(await byId(page, 'why-detail').count(), 0, 'simple at first');
      assert.deepEqual(await axe(page), []);
      assert.equal(await sideways(page), 0);
      await screenshot(page, `why-${colorScheme}-${size}`);
      await byId(page, 'view-expert').click();
      await detail(page, 'done');
      assert.deepEqual(await axe(page), []);
      assert.equal(await sideways(page), 0);
      await screenshot(page, `why-expert-${colorScheme}-${size}`);
      watch.noConsoleErrors();
      watch.onlyHosts();
    });
  }
}

test('every move is somebody’s: with the keys, the buttons and a press on the path', async () => {
  const { page } = await explained();
  const move = byId(page, 'why-move');
  const seq = () => move.getAttribute('data-seq');
  await byId(page, 'price-chart').focus();
  await page.keyboard.press('Home');
  await move.getByText('Nothing has moved the answer yet').waitFor();
  const steps = Number(await byId(page, 'price-chart').getAttribute('aria-valuemax'));
  const moves = [];
  for (let step = 1; step <= steps; step += 1) {
    await page.keyboard.press('ArrowRight');
    if (step < steps) await move.getByText(`Trade ${step} of ${steps}`).waitFor();
    moves.push(Number(await move.getAttribute('data-value')));
  }
  // The last key follows the run again, and the card shows the strongest move.
  await move.getByText('The strongest move').waitFor();
  const strongest = Number(await move.getAttribute('data-value'));
  assert.ok(moves.every((value) => Math.abs(value) <= Math.abs(strongest) + 1e-12));
  await page.keyboard.press('Home');
  await byId(page, 'why-later').click();
  await move.getByText(`Trade 1 of ${steps}`).waitFor();
  const first = await seq();
  const box = await byId(page, 'price-chart').boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForFunction((before) => document.querySelector('[data-testid="why-move"]').dataset.seq !== before, first);
  const link = move.getByRole('link', { name: `Event ${await seq()} in the log` });
  assert.equal(await link.getAttribute('href'), `#/run/audit?at=${await seq()}`);
  // An address can point at a move, too.
  await go(page, `#/run/why?at=${first}`);
  await move.getByText(`Trade 1 of ${steps}`).waitFor();
  await byId(page, 'why-argument').first().getByRole('button').click();
  assert.notEqual(await seq(), '');
});

test('the figures add up, and the switch is remembered', async () => {
  const { page } = await explained();
  await byId(page, 'view-expert').click();
  await detail(page, 'done');
  const [credit, shapley] = [sum(await values(page, 'why-credit')), sum(await values(page, 'why-shapley'))];
  assert.ok(Math.abs(credit) > 1e-6, 'something was earned');
  // The opening price is rounded to millionths of a share.
  assert.ok(Math.abs(credit - shapley) < 1e-4, `${credit} and ${shapley} are the same way`);
  const without = await values(page, 'why-without');
  assert.equal(without.length, (await values(page, 'why-credit')).length);
  assert.ok(new Set(without).size > 1);
  const orders = byId(page, 'why-orders');
  assert.ok(Number(await orders.getAttribute('data-orders')) >= 200);
  const end = Number(await page.locator('.price-leading [data-value]').getAttribute('data-value'));
  const [least, most] = [await orders.getAttribute('data-least'), await orders.getAttribute('data-most')].map(Number);
  assert.ok(least <= most && least > 0 && most < 1);
  // At its own liquidity the market ends where it ended, to the bit; a deeper one ends elsewhere.
  const liquidity = () => byId(page, 'why-liquidity').getAttribute('data-value').then(Number);
  assert.equal(await liquidity(), end);
  await byId(page, 'liquidity-range').focus();
  await page.keyboard.press('End');
  await page.waitForFunction((own) => Number(document.querySelector('[data-testid="why-liquidity"]').dataset.value) !== own, end);
  await byId(page, 'why-rest').getByText('Times it changed sides').waitFor();
  await page.reload();
  await detail(page, 'done');
  assert.equal(await byId(page, 'view-expert').getAttribute('aria-pressed'), 'true');
});

test('replays can be cancelled and begun again', async () => {
  const { page } = await site.open('', { reducedMotion: 'reduce' });
  await setRules(page, { rounds: 60, epsilon: 0 });
  await byId(page, 'run-button').click();
  await ended(page);
  await go(page, '#/run/why');
  // Slow frames: on a quick machine everything would be done before anybody could cancel it.
  await page.evaluate(() => {
    window.quick = window.requestAnimationFrame;
    window.requestAnimationFrame = (drawn) => setTimeout(() => drawn(performance.now()), 100);
  });
  await byId(page, 'view-expert').click();
  await byId(page, 'why-cancel').click();
  await page.evaluate(() => { window.requestAnimationFrame = window.quick; });
  await detail(page, 'cancelled');
  assert.equal(await byId(page, 'why-shapley').count(), 0);
  await byId(page, 'why-begin').click();
  await detail(page, 'done');
  await byId(page, 'why-shapley').waitFor();
});

test('an imported run and a shared run explain themselves, too', async () => {
  const { page } = await explained();
  const strongest = await byId(page, 'why-move').getAttribute('data-value');
  const { text } = await exported(page);
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();

  const imported = await site.open();
  await byId(imported.page, 'import-run').setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await byId(imported.page, 'verify-button').waitFor();
  await imported.page.getByRole('link', { name: 'Why', exact: true }).click();
  await byId(imported.page, 'why-marks').waitFor();
  assert.equal(await byId(imported.page, 'why-move').getAttribute('data-value'), strongest);

  const shared = await site.open(link.slice(link.indexOf('#')));
  await byId(shared.page, 'why-link').click();
  await byId(shared.page, 'why-marks').waitFor();
  assert.equal(await byId(shared.page, 'why-move').getAttribute('data-value'), strongest);
  await shared.page.getByRole('link', { name: '← Watch the run' }).click();
  await byId(shared.page, 'trade-row').first().waitFor();
  await page.context().close();
});

test('without a run it says what would be here', async () => {
  const { page } = await site.open('#/run/why');
  await page.getByRole('heading', { name: 'There is no answer to explain yet' }).waitFor();
  assert.deepEqual(await axe(page), []);
});

test('a run that goes on is explained as it stands', async () => {
  const { page } = await site.open('', { reducedMotion: 'reduce' });
  await setRules(page, { rounds: 60, epsilon: 0 });
  await byId(page, 'run-button').click();
  await byId(page, 'pause-button').click();
  await page.locator('[data-testid="status"][data-status="paused"]').waitFor();
  await byId(page, 'trade-row').first().waitFor();
  await go(page, '#/run/why');
  await byId(page, 'view-expert').click();
  await byId(page, 'why-begin').click();
  await detail(page, 'done');
  await byId(page, 'why-shapley').waitFor();
});

test('a mode without a market says what does not apply', async () => {
  const { page } = await site.open('', { reducedMotion: 'reduce' });
  await byId(page, 'mode-maker-trader').check({ force: true });
  await byId(page, 'run-button').click();
  await ended(page);
  await go(page, '#/run/why');
  await byId(page, 'why-argument').first().waitFor();
  await byId(page, 'view-expert').click();
  await byId(page, 'why-not-here').getByText('Nobody owns anything').waitFor();
  await byId(page, 'why-rest').waitFor();
  assert.equal(await byId(page, 'why-shapley').count(), 0);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'why-maker-trader');
});
