// The Learn page: six steps, each with a control that answers, by mouse and by keyboard, and a real run at the end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const readout = (page) => byId(page, 'learn-readout').textContent();
const price = async (page) => Number(await byId(page, 'learn-price').getAttribute('data-value'));

/** Moves a slider to a value, as the keyboard or a finger would. */
const slide = (page, slider, value) => byId(page, slider).fill(String(value));

test('six controls answer what they are asked', async () => {
  const { page, watch } = await site.open('#/learn');
  assert.match(await readout(page), /^Buy Yes: a share costs 0\.70, and to you it is worth 0\.80\./);
  await slide(page, 'learn-belief', 60);
  assert.match(await readout(page), /^Buy No: a share costs 0\.30, and to you it is worth 0\.40\./);

  await byId(page, 'learn-next').click();
  await byId(page, 'learn-buy-yes').click();
  const first = await price(page);
  await byId(page, 'learn-buy-yes').click();
  const second = await price(page);
  // The closed form: buying for c at price p leads to 1 − (1 − p)e^{−c/b}, with b = 50.
  assert.ok(Math.abs(first - (1 - 0.5 * Math.exp(-10 / 50))) < 1e-5, `${first}`);
  assert.ok(second - first < first - 0.5, 'each further purchase moves it less');

  await byId(page, 'learn-next').click();
  await slide(page, 'learn-liquidity', 10);
  const shallow = await price(page);
  await slide(page, 'learn-liquidity', 300);
  assert.ok(shallow > 0.9 && (await price(page)) < 0.6);

  await byId(page, 'learn-next').click();
  await slide(page, 'learn-target', 90);
  const gain = (Math.log(0.9 / 0.5) * 50).toFixed(2);
  const loss = (-Math.log(0.1 / 0.5) * 50).toFixed(2);
  assert.equal(await byId(page, 'learn-if-yes').textContent(), `You gain ${gain}; the market is ${gain} wiser`);
  assert.equal(await byId(page, 'learn-if-no').textContent(), `You lose ${loss}; the market is ${loss} further off`);

  await byId(page, 'learn-next').click();
  await slide(page, 'learn-minds', 20);
  await slide(page, 'learn-shared', 50);
  assert.match(await readout(page), /^20 minds count as 1\.90 independent ones/);

  await byId(page, 'learn-next').click();
  // b times the Kullback–Leibler divergence.
  const lost = (50 * (0.3 * Math.log(0.3 / 0.8) + 0.7 * Math.log(0.7 / 0.2))).toFixed(2);
  const said = await readout(page);
  assert.ok(said.includes(`loses ${lost} on average`) && said.includes(`the same ${lost} on average`), said);
  watch.noConsoleErrors();
});

test('a step has an address, and the arrow keys move its controls', async () => {
  const { page } = await site.open('#/learn?step=4');
  assert.equal(await byId(page, 'learn-step').getAttribute('data-step'), '4');
  await byId(page, 'learn-target').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('[data-testid="learn-price"]').getByText('76').waitFor();
  await page.keyboard.press('End');
  assert.ok(Math.abs((await price(page)) - 0.95) < 1e-5);
  await page.reload();
  await ready(page);
  assert.equal(await byId(page, 'learn-step').getAttribute('data-step'), '4');
});

test('it ends in a real run that waits for the reader', async () => {
  const { page, watch } = await site.open('#/learn?step=6');
  await byId(page, 'learn-sandbox').click();
  await page.locator('[data-testid="status"][data-status="paused"]').waitFor();
  await byId(page, 'trade-row').first().waitFor();
  watch.noConsoleErrors();
});

for (const options of [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { viewport: { width: 320, height: 640 } },
]) {
  const { viewport: { width }, colorScheme = 'light' } = options;
  test(`every step can be read at ${width} pixels, ${colorScheme}`, async () => {
    const { page, context } = await site.open('#/learn', options);
    for (const step of [1, 2, 3, 4, 5, 6]) {
      await page.evaluate((step) => { location.hash = `#/learn?step=${step}`; }, step);
      await page.locator(`[data-testid="learn-step"][data-step="${step}"]`).waitFor();
      assert.deepEqual(await axe(page), [], `step ${step}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `step ${step}`);
      await screenshot(page, `learn-${step}-${width}-${colorScheme}`);
    }
    await context.close();
  });
}
