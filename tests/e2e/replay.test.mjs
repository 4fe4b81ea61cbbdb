// Replay: play, pause, step and speed, with mouse and keys; an address for every event; the whole page shows the state there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { byId, startSite } from './browser.mjs';
import { ended } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const value = (page) => byId(page, 'scrubber').inputValue().then(Number);
const price = (page) => byId(page, 'price-0').getAttribute('data-value').then(Number);
const last = (page) => byId(page, 'scrubber').getAttribute('max').then(Number);
const settledAt = (page, seq) =>
  page.waitForFunction((wanted) => document.querySelector('[data-testid="scrubber"]').value === String(wanted), seq);

async function finished(options) {
  const opened = await site.open('', { reducedMotion: 'reduce', ...options });
  await byId(opened.page, 'run-button').click();
  await ended(opened.page);
  return opened;
}

test('space plays and pauses, steps go one by one, and the page shows each state', async () => {
  const { page, watch } = await finished();
  const end = await price(page);
  await byId(page, 'replay-speed').selectOption({ label: '5×' });
  await byId(page, 'price-chart').focus();
  await page.keyboard.press('Space');
  await byId(page, 'replay-button').getByText('Pause').waitFor();
  await page.waitForFunction(() => Number(document.querySelector('[data-testid="scrubber"]').value) > 0);
  await page.keyboard.press('Space');
  await byId(page, 'replay-button').getByText('Replay').waitFor();
  await page.keyboard.press('Home');
  assert.equal(await value(page), 0);
  assert.equal(await price(page), 0.5, 'the price that it opened at');
  assert.ok(await byId(page, 'replay-back').isDisabled());
  await byId(page, 'replay-on').click();
  const first = await value(page);
  assert.ok(first > 0);
  assert.notEqual(await price(page), 0.5);
  await byId(page, 'replay-on').click();
  assert.ok((await value(page)) > first);
  await byId(page, 'replay-back').click();
  assert.equal(await value(page), first);
  // At 5× the whole takes a moment, and ends where the run ends.
  await byId(page, 'replay-button').click();
  await byId(page, 'back-to-now').waitFor({ state: 'detached', timeout: 60_000 });
  assert.equal(await price(page), end);
  watch.noConsoleErrors();
});

test('every event has an address, on the run, on its Why page and on a link', async () => {
  const { page } = await finished();
  await byId(page, 'price-chart').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const seq = await value(page);
  const there = await price(page);
  assert.equal(await byId(page, 'event-address').getAttribute('href'), `#/run?at=${seq}`);
  await byId(page, 'event-address').click();
  await page.reload();
  await byId(page, 'price-chart').waitFor();
  await settledAt(page, seq);
  assert.equal(await price(page), there);
  await page.evaluate((at) => { location.hash = `#/run/why?at=${at}`; }, seq);
  await byId(page, 'why').waitFor();
  await settledAt(page, seq);

  await page.evaluate(() => { location.hash = '#/run/audit'; });
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  const shared = await site.open(`${link.slice(link.indexOf('#'))}?at=${seq}`);
  await byId(shared.page, 'price-chart').waitFor();
  await settledAt(shared.page, seq);
  assert.equal(await price(shared.page), there);
  assert.ok((await last(shared.page)) > seq);
});
