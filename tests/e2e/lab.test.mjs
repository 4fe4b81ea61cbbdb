// The lab: a worker plays the worlds, the page stays alive, Cancel ends it, and the figures stand in chart and table.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, screenshot, startSite } from './browser.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const state = (page, name) => page.locator(`[data-testid="lab"][data-state="${name}"]`).waitFor({ timeout: 60_000 });

for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
    test(`an experiment from the page, ${colorScheme}, ${size}`, async () => {
      const { page, watch } = await site.open('#/', { colorScheme, viewport, reducedMotion: 'reduce' });
      await page.getByRole('link', { name: 'Learn', exact: true }).click();
      await page.getByRole('link', { name: 'in the Lab' }).click();
      await state(page, 'empty');
      await page.getByLabel('Worlds').selectOption({ label: '1,000' });
      await byId(page, 'lab-run').focus();
      await page.keyboard.press('Enter');
      await state(page, 'done');
      const rows = byId(page, 'lab-row');
      assert.ok((await rows.count()) >= 13);
      const value = async (method) => Number(await page.locator(`[data-method="${method}"]`).getAttribute('data-value'));
      assert.equal(await value('single'), 0);
      assert.ok((await value('evidence')) > 0.95, 'evidence with ρ known finds nearly all');
      assert.match(await byId(page, 'lab-lesson').textContent(), /of what could be known/);
      const drawn = await byId(page, 'efficiency-chart').evaluate((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      assert.ok(drawn > 8, 'the chart is drawn');
      assert.deepEqual(await axe(page), []);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(sideways, 0);
      await screenshot(page, `lab-${colorScheme}-${size}`);
      watch.noConsoleErrors();
    });
  }
}

test('Cancel ends the worker and keeps what was done', async () => {
  const { page } = await site.open('#/learn/lab');
  await page.getByLabel('Worlds').selectOption({ label: '40,000' });
  await page.getByLabel('How many are something else').selectOption('1');
  await byId(page, 'lab-run').click();
  await byId(page, 'lab-row').first().waitFor({ timeout: 60_000 });
  await byId(page, 'lab-cancel').click();
  await state(page, 'cancelled');
  assert.match(await page.locator('.lab-note').first().textContent(), /Cancelled/);
  // And another can be started.
  await page.getByLabel('Worlds').selectOption({ label: '1,000' });
  await byId(page, 'lab-run').click();
  await state(page, 'done');
  assert.match(await byId(page, 'lab-lesson').textContent(), /mislead/);
});

test('a number that makes no experiment is refused in words', async () => {
  const { page } = await site.open('#/learn/lab');
  await page.getByLabel('Strength of a signal').fill('nine');
  await page.getByText('the strength of the signals is out of range').waitFor();
  assert.ok(await byId(page, 'lab-run').isDisabled());
});
