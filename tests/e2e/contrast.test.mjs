// Two evaluations side by side: the same questions put to two panels, then one from a link; what differs in the set-up, each
// method in both with what the difference is worth, and which questions changed, with the way to their runs; and what an
// evaluation teaches about its panel.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, screenshot, startSite } from './browser.mjs';
import { verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(async () => {
  await site.close();
});

const hash = (page, to) => page.evaluate((there) => { location.hash = there; }, to);
const drawn = (page) => page.locator('[data-testid="evaluate-result"][data-report="whole"]').waitFor({ timeout: 60_000 });
const accuracy = async (page) =>
  Number(await page.locator('[data-testid="evaluate-score"][data-method="panel"]').getAttribute('data-accuracy'));

/** Lines of questions whose answers are yes and no in turn. */
const lines = (count, from = 0) =>
  Array.from({ length: count }, (_, place) =>
    JSON.stringify({ id: `q${from + place}`, question: `Is number ${from + place} even?`, outcomes: ['Yes', 'No'], answer: place % 2 ? 'No' : 'Yes' }),
  ).join('\n');

/** Evaluates these questions; the accuracy of the panel. */
async function evaluate(page, text) {
  await hash(page, '#/evaluate');
  const again = byId(page, 'evaluate-another');
  await again.or(byId(page, 'evaluate-file')).first().waitFor({ state: 'attached' });
  if (await again.count()) await again.click();
  await byId(page, 'evaluate-file').setInputFiles({ name: 'set.jsonl', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await byId(page, 'evaluate-found').waitFor();
  await byId(page, 'evaluate-run').click();
  await drawn(page);
  return accuracy(page);
}

test('two panels on the same questions, and one that came by link', async () => {
  const { page, watch } = await site.open('#/evaluate/compare');
  await byId(page, 'contrast-empty').waitFor();
  const before = await evaluate(page, lines(40));
  await byId(page, 'evaluate-share').click();
  const link = await byId(page, 'share-link').inputValue();
  await page.keyboard.press('Escape');
  // The same questions and four more, put to a panel with liars in it.
  await hash(page, '#/');
  for (const place of [4, 5, 6, 7]) await byId(page, `agent-kind-${place}`).selectOption({ label: 'Manipulator' });
  const after = await evaluate(page, lines(44));
  // What these questions teach about the liars goes into the panel on Ask with one press.
  await byId(page, 'lessons-offer').waitFor();
  await byId(page, 'lessons-use').click();
  await hash(page, '#/');
  await byId(page, 'market-details').locator(':scope > summary').click();
  assert.ok(await byId(page, 'guard-weights').isChecked());
  await hash(page, '#/evaluate');
  await drawn(page);
  await byId(page, 'evaluate-compare').click();
  const report = page.locator('[data-testid="contrast-report"]');
  await report.waitFor({ timeout: 30_000 });
  assert.equal(await report.getAttribute('data-paired'), '40');
  await byId(page, 'contrast-findings').getByText('Both asked 40 questions').waitFor();
  await byId(page, 'contrast-difference').filter({ hasText: 'Agent 5' }).waitFor();
  assert.equal(await byId(page, 'contrast-difference').filter({ hasText: 'Agent 1' }).count(), 0, 'only what differs is listed');
  const panel = page.locator('[data-testid="contrast-method"][data-method="panel"]');
  const cells = await panel.locator('td').allInnerTexts();
  assert.deepEqual(cells.slice(1, 3), [before.toFixed(3), after.toFixed(3)]);
  const changed = await byId(page, 'contrast-change').evaluateAll((rows) => rows.map(({ dataset: { state } }) => state));
  const [gained, lost] = ['gained', 'lost'].map((state) => changed.filter((one) => one === state).length);
  assert.equal(cells[7], `${gained} : ${lost}`);
  assert.equal(Number(await panel.getAttribute('data-difference')).toFixed(6), ((gained - lost) / 40).toFixed(6));
  assert.ok(lost > 0, 'liars cost right answers');
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'contrast');
  // The other way round, by keyboard.
  await byId(page, 'contrast-swap').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((wanted) => {
    const row = document.querySelector('[data-testid="contrast-method"][data-method="panel"]');
    return row && Number(row.dataset.difference).toFixed(6) === wanted;
  }, ((lost - gained) / 40).toFixed(6));
  // A question opens its run on either side.
  await byId(page, 'contrast-open-run').first().click();
  await byId(page, 'verify-button').waitFor();
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors();

  // Somebody else, on a phone in the dark: other questions of their own against the link.
  const other = await site.open('#/evaluate', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const reader = other.page;
  await evaluate(reader, lines(32, 100));
  await hash(reader, link.slice(link.indexOf('#')));
  await drawn(reader);
  await byId(reader, 'evaluate-compare').click();
  await reader.locator('[data-testid="contrast-report"]').waitFor({ timeout: 30_000 });
  await byId(reader, 'contrast-findings').getByText('no question in common').waitFor();
  assert.equal(await byId(reader, 'contrast-change').count(), 0);
  await byId(reader, 'contrast-difference').filter({ hasText: 'digest' }).waitFor();
  assert.deepEqual(await axe(reader), []);
  const wide = await reader.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await screenshot(reader, 'contrast-phone');
  await byId(reader, 'contrast-first').selectOption({ index: 1 });
  await byId(reader, 'contrast-same').waitFor();
  await hash(reader, '#/evaluate/compare?a=gone&b=link');
  await byId(reader, 'contrast-failed').getByText('no longer on this device').waitFor();
  other.watch.noConsoleErrors();
});
