// Every page can be read by everybody: no serious finding of axe, light and dark, and no sideways scrolling on the
// narrowest phone. The screenshots stay in test-results/ to be looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, screenshot, startSite } from './browser.mjs';
import { ended, verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`${colorScheme}, ${size}`, async () => {
      const { page, watch } = await site.open('', { colorScheme, viewport, reducedMotion: 'reduce' });
      const look = async (name) => {
        assert.deepEqual(await axe(page), [], name);
        await screenshot(page, `${name}-${colorScheme}-${size}`);
      };
      await look('ask');
      await byId(page, 'run-button').click();
      await ended(page);
      await look('watch');
      await verified(page);
      await look('audit');
      await byId(page, 'share-button').click();
      await byId(page, 'share-link').waitFor();
      await look('share');
      await page.keyboard.press('Escape');
      await page.evaluate(() => { location.hash = '#/settings'; });
      await byId(page, 'connection-add').click();
      await look('settings');
      await byId(page, 'connection-save').click();
      await look('settings-refused');
      await page.evaluate(() => { location.hash = '#/decide'; });
      await byId(page, 'decide-example-0').click();
      await look('decide');
      await byId(page, 'decide-run').click();
      await byId(page, 'decide-link-0').waitFor();
      await look('decided');
      watch.noConsoleErrors();
    });
  }
}

test('nothing scrolls sideways at 320 pixels', async () => {
  const { page } = await site.open('', { viewport: { width: 320, height: 640 } });
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(await sideways(), 0, 'ask');
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await sideways(), 0, 'watch');
  for (const route of ['#/run/why', '#/run/audit', '#/runs', '#/compare', '#/decide', '#/settings', '#/nowhere']) {
    await page.evaluate((hash) => { location.hash = hash; }, route);
    await page.locator('main h1').waitFor();
    assert.equal(await sideways(), 0, route);
  }
});

test('the recorded example opens and verifies', async () => {
  const { page, watch } = await site.open();
  await byId(page, 'recorded-run').first().click();
  await byId(page, 'verify-button').or(byId(page, 'summary')).first().waitFor();
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors();
  watch.onlyHosts();
});
