// The chart can be heard: off until it is wanted, a note for each step of the arrow keys, as high as the price.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, ready, startSite } from './browser.mjs';
import { ended } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

/** Notes down the frequency of every oscillator that is started from now on, and after each reload. */
function listen() {
  globalThis.tones = [];
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = OscillatorNode.prototype.start = function (...when) {
    globalThis.tones.push({ hertz: this.frequency.value, type: this.type });
    return start.apply(this, when);
  };
}

const tones = (page) => page.evaluate(() => globalThis.tones.splice(0));
const pitch = (price) => 220 * 4 ** price;

test('a switch beside the chart; each step sounds its price; remembered', async () => {
  const { page, context, watch } = await site.open('', { reducedMotion: 'reduce', viewport: { width: 390, height: 844 } });
  await context.addInitScript(listen);
  await page.reload();
  await ready(page);
  await byId(page, 'run-button').click();
  await ended(page);
  const chart = byId(page, 'price-chart');
  const leader = Number(await page.locator('.figure').getAttribute('data-outcome'));
  const price = async () => Number(await byId(page, `price-${leader}`).getAttribute('data-value'));
  const step = async (key, at) => {
    await page.keyboard.press(key);
    await page.locator(`[data-testid="price-chart"][aria-valuenow="${at}"]`).waitFor();
  };
  await chart.focus();
  await step('Home', 0);
  assert.deepEqual(await tones(page), [], 'silent until somebody wants it');

  await byId(page, 'chart-tone').focus();
  await page.keyboard.press('Space');
  assert.equal((await tones(page)).length, 1, 'the switch says how it sounds');
  await chart.focus();
  for (const [at, key] of [[1, 'ArrowRight'], [2, 'ArrowRight'], [1, 'ArrowLeft']]) {
    await step(key, at);
    const heard = await tones(page);
    assert.equal(heard.length, 1);
    // Frequencies are single precision in the browser.
    assert.ok(Math.abs(heard[0].hertz - pitch(await price())) < 0.05, `${heard[0].hertz} Hz at ${await price()}`);
  }
  assert.deepEqual(await axe(page), []);

  await page.reload();
  await ready(page);
  await chart.waitFor();
  assert.equal(await byId(page, 'chart-tone').isChecked(), true, 'remembered');
  await chart.focus();
  await step('Home', 0);
  assert.ok(Math.abs((await tones(page))[0].hertz - pitch(await price())) < 0.05);
  await byId(page, 'chart-tone').uncheck();
  await tones(page);
  await chart.focus();
  await step('ArrowRight', 1);
  assert.deepEqual(await tones(page), [], 'silent again');
  watch.noConsoleErrors();
});
