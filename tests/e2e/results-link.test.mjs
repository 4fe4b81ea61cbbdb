// Results of an evaluation in a link: every answer or the figures, opened by somebody else, who sees the same figures in a
// slot of their own and can save and pass them on; broken links say what is wrong and change nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(async () => {
  await site.close();
});

const drawn = (page) => page.locator('[data-testid="evaluate-result"][data-report="whole"]').waitFor({ timeout: 60_000 });
const scores = (page) =>
  byId(page, 'evaluate-score').evaluateAll((rows) =>
    rows.map(({ dataset: { method, answered, failed, calls, accuracy, brier } }) =>
      [method, answered, failed, calls, Number(accuracy).toFixed(5), Number(brier).toFixed(5)]));
const findings = (page) => byId(page, 'evaluate-findings').locator('li').allInnerTexts();
const narrow = async (page) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
};

async function download(page, name) {
  const [saved] = await Promise.all([page.waitForEvent('download'), byId(page, `evaluate-save-${name}`).click()]);
  return readFile(await saved.path(), 'utf8');
}

/** The part of an address that the page reads. */
const fragment = (address) => address.slice(address.indexOf('#'));

test('every answer, and the figures alone: a reader sees what the sender saw', async () => {
  const { page, watch } = await site.open('#/evaluate');
  await byId(page, 'evaluate-example').click();
  await byId(page, 'evaluate-found').waitFor();
  await byId(page, 'evaluate-run').click();
  await drawn(page);
  const [sent, said] = [await scores(page), await findings(page)];
  await byId(page, 'evaluate-share').click();
  const link = byId(page, 'share-link');
  await link.waitFor();
  const whole = await link.inputValue();
  assert.match(whole, /#\/e\/1\./);
  assert.ok(whole.length < 8_000, `36 questions fit a mail: ${whole.length}`);
  assert.equal(await byId(page, 'share-length').innerText().then((text) => Number(text.replace(/\D/g, ''))), whole.length);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'results-share');
  await byId(page, 'evaluate-share-1').check({ force: true });
  await page.waitForFunction((before) => {
    const field = document.querySelector('[data-testid="share-link"]');
    return field && field.value !== before;
  }, whole);
  const short = await link.inputValue();
  assert.ok(short.length < 2_000, `figures fit a chat message: ${short.length}`);
  await byId(page, 'evaluate-share-qr').locator('summary').click();
  await byId(page, 'share-qr-code').waitFor();
  watch.noConsoleErrors();

  // Somebody else, on a phone in the dark, with an evaluation of their own.
  const other = await site.open('#/evaluate', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const reader = other.page;
  await byId(reader, 'evaluate-example').click();
  await byId(reader, 'evaluate-found').waitFor();
  await byId(reader, 'evaluate-sample').fill('5');
  await byId(reader, 'evaluate-run').click();
  await drawn(reader);
  const own = await scores(reader);
  await byId(reader, 'lessons-refused').getByText('5 of the 20').waitFor();
  for (const [address, answers] of [[whole, 'true'], [short, 'false']]) {
    await reader.evaluate((to) => { location.hash = to; }, fragment(address));
    await reader.locator(`[data-testid="evaluate-received"][data-answers="${answers}"]`).waitFor();
    await drawn(reader);
    assert.deepEqual(await scores(reader), sent);
    assert.deepEqual(await findings(reader), said);
    await byId(reader, 'evaluate-set-up').locator('summary').click();
    await byId(reader, 'evaluate-set-up').getByText('simulated').first().waitFor();
    assert.equal(await byId(reader, 'evaluate-open-run').count(), 0, 'no runs came');
    assert.deepEqual(await axe(reader), []);
    await narrow(reader);
    await screenshot(reader, `results-received-${answers}`);
    assert.match(await download(reader, 'summary.csv'), /\npanel,36,0,/);
    assert.match(await download(reader, 'summary.md'), /\| panel \| 36 \| 0 \|/);
    assert.match(await download(reader, 'summary.tex'), /begin\{tabular\}/);
    const panel = JSON.parse(await download(reader, 'summary.json')).methods.find(({ method }) => method === 'panel');
    assert.equal(panel.brier.mean.toFixed(5), sent.find(([method]) => method === 'panel')[5]);
    assert.equal(await byId(reader, 'evaluate-save-results.csv').count(), answers === 'true' ? 1 : 0);
    assert.equal(await byId(reader, 'evaluate-question').count() > 0, answers === 'true');
  }
  // What is passed on again is the same link.
  await reader.evaluate((to) => { location.hash = to; }, fragment(whole));
  await reader.locator('[data-testid="evaluate-received"][data-answers="true"]').waitFor();
  await drawn(reader);
  await byId(reader, 'evaluate-share').click();
  assert.equal(fragment(await byId(reader, 'share-link').inputValue()), fragment(whole));
  await reader.keyboard.press('Escape');
  // Nothing of the reader's own was touched, not even by links that are broken.
  for (const [code, why] of [
    [fragment(whole).slice(4, -9), /cut off/], ['2.AAAA', /newer Credence/], [`${fragment(short).slice(4, 60)}*AA`, /damaged/],
  ]) {
    await reader.evaluate((to) => { location.hash = to; }, `#/e/${code}`);
    await byId(reader, 'link-error').getByText(why).waitFor();
  }
  await reader.evaluate(() => { location.hash = '#/evaluate'; });
  await drawn(reader);
  assert.deepEqual(await scores(reader), own);
  other.watch.noConsoleErrors();
  // A link opens as the first page, too.
  await reader.goto(`${reader.url().split('#')[0]}${fragment(short)}`);
  await reader.reload();
  await ready(reader);
  await drawn(reader);
  assert.deepEqual(await scores(reader), sent);
});
