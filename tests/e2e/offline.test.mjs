// After the first visit the page opens, runs and checks without a network; a newer version is never hidden; and nothing
// but the page itself is ever kept.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { startAimock } from './aimock.mjs';
import { byId, ready, startSite } from './browser.mjs';
import { connect, ended, verified } from './steps.mjs';

let folder, site, mock;
before(async () => {
  // A copy, because a test publishes a newer version of it.
  folder = await mkdtemp(join(tmpdir(), 'credence-offline-'));
  await cp(fileURLToPath(new URL('../../dist', import.meta.url)), folder, { recursive: true });
  mock = await startAimock([{ match: {}, response: { content: '{"beliefs":[0.6,0.4],"headline":"So"}' } }]);
  site = await startSite({ dist: folder });
});
after(async () => {
  await site.close();
  await mock.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Waits until the page is kept and its service worker serves it. */
const keeps = (page) => page.evaluate(async () => {
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  await new Promise((served) => navigator.serviceWorker.addEventListener('controllerchange', served, { once: true }));
});
const everythingKept = (page) => page.evaluate(async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const keys = await Promise.all(caches_.map((cache) => cache.keys()));
  return keys.flat().map(({ url }) => url);
});

test('without a network the page opens, a panel runs, a link opens and is verified', async () => {
  const { page, context } = await site.open('', { serviceWorkers: 'allow' });
  await keeps(page);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await byId(page, 'question-input').fill('Is anybody there?');
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await verified(page), 'verified');
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  const other = await context.newPage();
  await other.goto(link);
  await ready(other);
  await byId(other, 'verify-button').click();
  await other.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
});

test('nothing but the page is kept: no call, no reply, no list of models', async () => {
  const { page } = await site.open('#/settings', { serviceWorkers: 'allow' });
  await keeps(page);
  await connect(page, { baseUrl: mock.baseUrl, model: 'm', key: 'sk-offline-canary' });
  const urls = await everythingKept(page);
  assert.ok(urls.some((url) => url.endsWith('.wasm')));
  assert.deepEqual(urls.filter((url) => !url.startsWith(site.url)), []);
  assert.deepEqual(urls.filter((url) => /wllama|lab_worker|-model\.js/.test(url)), [], 'what nobody asked for yet');
});

test('a newer version comes with the next visit, and works offline from then on', async () => {
  const { page, context } = await site.open('', { serviceWorkers: 'allow' });
  await keeps(page);
  const index = join(folder, 'index.html');
  const html = await readFile(index, 'utf8');
  await writeFile(index, html.replace('<html lang="en">', '<html lang="en" data-version="newer">'));
  const version = () => page.evaluate(() => document.documentElement.dataset.version);
  await page.reload();
  await ready(page);
  assert.equal(await version(), 'newer');
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  assert.equal(await version(), 'newer');
});
