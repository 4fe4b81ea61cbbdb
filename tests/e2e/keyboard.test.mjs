// The whole story by keyboard alone: ask, watch, check, share, open the link, run it again with changes. At each stop
// of the Tab key the focus is on something that can be seen, and seen to have the focus.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { byId, startSite } from './browser.mjs';
import { ended } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const MOST_STOPS = 120;

/** What has the focus, and what is wrong with how that is shown, if anything is. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const name = `${element.tagName.toLowerCase()} ${element.dataset.testid ?? element.className} “${(element.textContent || element.value || '').trim().slice(0, 30)}”`;
    if (element === document.body) return { name: 'body', testId: null, problem: null };
    // A hidden file input lends its focus to the label around it.
    const shown = element.classList.contains('unseen') ? element.closest('label') ?? element : element;
    const marked = [shown, ...shown.querySelectorAll('*')].some((node) => {
      const style = getComputedStyle(node);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== 'rgba(0, 0, 0, 0)';
    });
    const box = shown.getBoundingClientRect();
    const inView = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const problem = marked ? (inView ? null : 'is out of view') : 'does not show its focus';
    return { name, testId: element.dataset.testid ?? null, href: element.getAttribute('href'), problem };
  });
}

/** Presses Tab until what has the focus fits, and checks each stop on the way. */
async function tabTo(page, fits) {
  const wanted = typeof fits === 'string' ? ({ testId }) => testId === fits : fits;
  const passed = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    assert.equal(here.problem, null, `${here.name} ${here.problem}`);
    if (wanted(here)) return here;
    passed.push(here.name);
  }
  return assert.fail(`Tab never comes to ${fits}; it stops at:\n${passed.join('\n')}`);
}

for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
  test(`ask, watch, check, share, open, fork: ${viewport.width} pixels wide`, async () => {
    const { page, watch } = await site.open('', { viewport, reducedMotion: 'reduce' });
    await tabTo(page, 'question-input');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Will the bridge be open by noon?');
    await tabTo(page, 'run-button');
    await page.keyboard.press('Enter');
    await ended(page);

    // Watch: the focus is on its heading; step back through the prices.
    await page.waitForFunction(() => document.activeElement.tagName === 'H1');
    await tabTo(page, 'price-chart');
    await page.keyboard.press('Home');
    await byId(page, 'back-to-now').waitFor();
    await tabTo(page, 'back-to-now');
    await page.keyboard.press('Enter');
    await byId(page, 'back-to-now').waitFor({ state: 'detached' });
    await page.evaluate(() => document.querySelector('h1').focus());
    await tabTo(page, ({ href }) => href === '#/run/audit');
    await page.keyboard.press('Enter');

    await byId(page, 'verify-button').waitFor();
    await page.waitForFunction(() => document.activeElement.tagName === 'H1');
    await tabTo(page, 'verify-button');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
    await tabTo(page, 'share-button');
    await page.keyboard.press('Enter');
    await byId(page, 'share-link').waitFor();
    const link = await byId(page, 'share-link').inputValue();
    // The dialog keeps the focus, and gives it back.
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      const { name, problem } = await focused(page);
      assert.equal(problem, null, `${name} ${problem}`);
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog')), name);
    }
    await page.keyboard.press('Escape');
    assert.equal((await focused(page)).testId, 'share-button');
    // An event can be opened and closed again.
    await tabTo(page, ({ name }) => name.startsWith('summary'));
    await page.keyboard.press('Enter');
    await page.locator('.event-detail').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.event-detail').first().waitFor({ state: 'detached' });
    watch.noConsoleErrors();

    const other = await site.open('', { viewport, reducedMotion: 'reduce' });
    await other.page.goto(link);
    await byId(other.page, 'verify-button').waitFor();
    await tabTo(other.page, 'verify-button');
    await other.page.keyboard.press('Enter');
    await other.page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
    await other.page.evaluate(() => document.querySelector('h1').focus());
    await other.page.keyboard.press('Shift+Tab');
    for (let stop = 0; (await focused(other.page)).testId !== 'fork-button'; stop += 1) {
      assert.ok(stop < MOST_STOPS, 'Tab never comes to fork-button');
      await other.page.keyboard.press('Tab');
    }
    await other.page.keyboard.press('Enter');
    await byId(other.page, 'question-input').waitFor();
    assert.equal(await byId(other.page, 'question-input').inputValue(), 'Will the bridge be open by noon?');
    other.watch.noConsoleErrors();
  });
}
