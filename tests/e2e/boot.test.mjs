// The release site starts under a sub-path of a plain static host, without an error and without asking anybody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSite } from './browser.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

test('the app mounts and takes the place of the loading shell', async () => {
  const { page, watch } = await site.open();
  assert.equal(await page.title(), 'Credence');
  assert.equal(await page.locator('#boot').count(), 0);
  watch.noConsoleErrors();
  watch.onlyHosts();
  assert.deepEqual(watch.failedRequests, []);
});

test('the icon and the manifest are there', async () => {
  const { page, context } = await site.open();
  for (const rel of ['icon', 'manifest']) {
    const url = await page.locator(`link[rel=${rel}]`).evaluate((link) => link.href);
    assert.equal((await context.request.get(url)).status(), 200, url);
  }
});

test('a program that does not arrive leaves a plain sentence', async () => {
  const context = await site.browser.newContext();
  const page = await context.newPage();
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(site.url);
  await page.getByRole('alert').getByText('Credence could not start').waitFor();
  await context.close();
});
