// The page in German: chosen by the browser's language or in Settings, whole, and without a network where there is none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { ended, setRules, verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const language = (page) => page.evaluate(() => document.documentElement.lang);
/** Words that stand in nearly every English text and in no German one; names and code are left out. */
const ENGLISH = /\b(the|this|that|with|your|and|from|which|they|what|does|has been|every)\b/gi;

/** The visible texts of the page that look English, but for what a person or the run itself wrote. */
async function englishOn(page) {
  const lines = await page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.textContent.trim();
      if (text && !node.parentElement.closest('code, pre, [lang="en"], script, .event-detail')) found.push(text);
    }
    return found;
  });
  return lines.filter((line) => (line.match(ENGLISH) ?? []).length >= 2);
}

test('a German browser gets the German page: ask, watch, why, check', async () => {
  const { page, watch } = await site.open('', { locale: 'de-CH' });
  assert.equal(await language(page), 'de');
  await byId(page, 'recorded-run').first().waitFor();
  assert.deepEqual(await englishOn(page), []);
  await setRules(page, { rounds: 3, epsilon: 0 });
  await byId(page, 'run-button').click();
  await ended(page);
  for (const hash of ['#/run', '#/run/why', '#/run/audit', '#/runs', '#/compare', '#/learn', '#/learn/lab', '#/decide', '#/settings', '#/nowhere']) {
    await page.evaluate((to) => { location.hash = to; }, hash);
    await page.locator('main h1').waitFor();
    await page.waitForTimeout(0);
    await page.waitForFunction(() => document.activeElement.tagName === 'H1');
    assert.deepEqual(await englishOn(page), [], hash);
  }
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  await byId(page, 'verify-button').click();
  await page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  watch.noConsoleErrors();
});

test('a link from the English page opens and verifies on the German one', async () => {
  const { page } = await site.open('', { locale: 'en-GB' });
  await setRules(page, { rounds: 3, epsilon: 0 });
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await verified(page), 'verified');
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  const { page: other } = await site.open(link.slice(link.indexOf('#')), { locale: 'de-DE' });
  await byId(other, 'verify-button').click();
  await other.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  assert.equal(await language(other), 'de');
});

test('the choice in Settings is remembered, and an English browser can be made German', async () => {
  const { page } = await site.open('#/settings');
  assert.equal(await language(page), 'en');
  const reloaded = page.waitForEvent('load');
  await byId(page, 'language-de').check({ force: true });
  await reloaded;
  await ready(page);
  assert.equal(await language(page), 'de');
  await page.reload();
  await ready(page);
  assert.equal(await language(page), 'de');
  assert.equal(await byId(page, 'language-de').isChecked(), true);
  assert.match(await page.locator('h1').innerText(), /Einstellungen/);
});

test('everybody can read it: phone, light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, context } = await site.open('', { locale: 'de-DE', colorScheme, viewport: { width: 390, height: 844 } });
    await setRules(page, { rounds: 3, epsilon: 0 });
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `german-ask-${colorScheme}`);
    await byId(page, 'run-button').click();
    await ended(page);
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `german-watch-${colorScheme}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    await context.close();
  }
});

test('the German page opens without a network after the first visit', async () => {
  const { page, context } = await site.open('', { locale: 'de-DE', serviceWorkers: 'allow' });
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    const urls = kept.flat().map(({ url }) => url);
    return navigator.serviceWorker.controller && urls.some((url) => /\/de\/.*\.wasm$/.test(url)) && urls.some((url) => url.endsWith('/'));
  });
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  assert.equal(await language(page), 'de');
});
