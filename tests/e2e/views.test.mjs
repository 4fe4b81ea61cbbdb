// Simple and expert: one switch for all pages of a run, remembered; the simple view has the answer, why, who disagrees
// and what it cost, and everything that other tests rely on; the expert view adds the figures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { ended } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const pressed = (page) => byId(page, 'view-expert').getAttribute('aria-pressed');
const rows = (page) => page.locator('.baselines .plain-table tbody tr').count();
const money = (page) => page.locator('.agent-money:visible').count();

for (const options of [
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
]) {
  const { viewport: { width }, colorScheme } = options;
  test(`one switch, remembered, ${width} pixels, ${colorScheme}`, async () => {
    const { page, watch } = await site.open('', { reducedMotion: 'reduce', ...options });
    await byId(page, 'run-button').click();
    await ended(page);
    await page.locator('.baselines').waitFor();
    assert.equal(await pressed(page), 'false', 'simple at first');
    for (const one of ['status', 'calls-total', 'cost-total', 'price-0', 'price-1', 'summary', 'why-link', 'price-chart', 'disagree']) {
      assert.equal(await byId(page, one).count(), 1, one);
    }
    assert.ok((await byId(page, 'trade-row').count()) > 3);
    assert.equal(await byId(page, 'agent-row').count(), 8);
    assert.match(await byId(page, 'disagree').textContent(), /^(Nobody|Who) disagrees/);
    assert.equal(await byId(page, 'market-figures').count(), 0);
    assert.equal(await money(page), 0);
    const few = await rows(page);
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(await sideways(), false);
    await screenshot(page, `view-simple-${width}-${colorScheme}`);

    await byId(page, 'view-expert').focus();
    await page.keyboard.press('Enter');
    await byId(page, 'market-figures').waitFor();
    assert.match(await byId(page, 'market-figures').textContent(), /LMSR.*ρ = .*Seed.*Money traded/s);
    assert.equal(await money(page), 8);
    assert.ok((await rows(page)) > few, 'more ways to combine');
    assert.deepEqual(await axe(page), []);
    assert.equal(await sideways(), false);
    await screenshot(page, `view-expert-${width}-${colorScheme}`);

    // Why is the same switch, and it is remembered.
    await page.evaluate(() => { location.hash = '#/run/why'; });
    await byId(page, 'why-detail').waitFor();
    assert.equal(await pressed(page), 'true');
    await page.reload();
    await ready(page);
    await byId(page, 'why-detail').waitFor();
    await byId(page, 'view-simple').click();
    await page.evaluate(() => { location.hash = '#/run'; });
    await page.locator('.baselines').waitFor();
    assert.equal(await pressed(page), 'false');
    assert.equal(await byId(page, 'market-figures').count(), 0);
    watch.noConsoleErrors();
  });
}

test('a shared run has the same switch, and its own readers’ choice is remembered', async () => {
  const { page } = await site.open('', { reducedMotion: 'reduce' });
  await byId(page, 'run-button').click();
  await ended(page);
  await page.evaluate(() => { location.hash = '#/run/audit?share=1'; });
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  const { page: reader, watch } = await site.open(link.slice(link.indexOf('#')), { reducedMotion: 'reduce' });
  await byId(reader, 'trade-row').first().waitFor();
  await byId(reader, 'disagree').waitFor();
  assert.equal(await pressed(reader), 'false', 'simple at first');
  assert.equal(await byId(reader, 'market-figures').count(), 0);
  await byId(reader, 'view-expert').click();
  await byId(reader, 'market-figures').waitFor();
  await reader.reload();
  await ready(reader);
  await byId(reader, 'market-figures').waitFor();
  assert.equal(await pressed(reader), 'true', 'remembered');
  watch.noConsoleErrors();
});
