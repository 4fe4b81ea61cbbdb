// Ways that ask again: started from a finished run with their cost before, found again in its strip with their result
// after, also after a reload; models only after a question.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { always, answer, startAimock } from './aimock.mjs';
import { byId, startSite } from './browser.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'yes' }, answer({ beliefs: [0.8, 0.2], headline: 'It will', reasoning: 'Because of this.' })),
    ...always({ model: 'no' }, answer({ beliefs: [0.3, 0.7], headline: 'It will not', reasoning: 'Because of that.' })),
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

/** Waits until another run than the one with this digest is over and on the page. */
async function comparisonEnded(page) {
  await byId(page, 'comparison-of').waitFor();
  return ended(page);
}

const way = (page, slug) => byId(page, `comparison-${slug}`);
const inWay = (page, slug, id) => way(page, slug).locator(`[data-testid="${id}"]`);

test('simulated: one press by keyboard, the result in the strip, also after a reload, on a phone in the dark', async () => {
  const { page, watch } = await site.open('', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await byId(page, 'run-button').click();
  await ended(page);
  const original = (await exported(page)).run;
  await page.evaluate(() => { location.hash = '#/run'; });
  await inWay(page, 'self-consistency', 'comparison-uses').getByText('no calls, no cost').waitFor();
  await page.locator('[data-testid="comparison-run"]').nth(2).waitFor();
  assert.equal(await page.locator('[data-testid="comparison-run"]').count(), 3);
  await inWay(page, 'self-consistency', 'comparison-run').focus();
  await page.keyboard.press('Enter');
  await comparisonEnded(page);
  const price = await byId(page, 'price-0').getAttribute('data-value');
  assert.equal(await verified(page), 'verified');
  const { run } = await exported(page);
  assert.deepEqual(run.spec.derived_from, { head: original.head.digest, texts: 'everything' });
  assert.deepEqual(run.spec.agents, original.spec.agents);
  const forecasts = (events) => events.filter(({ event }) => event.type === 'forecast').length;
  assert.equal(forecasts(run.events), forecasts(original.events), 'as many answers');
  // The link carries where it comes from.
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  await page.keyboard.press('Escape');
  await page.evaluate(() => { location.hash = '#/run'; });
  await byId(page, 'comparison-original').click();
  await inWay(page, 'self-consistency', 'comparison-result').waitFor();
  await page.reload();
  await inWay(page, 'self-consistency', 'comparison-result').waitFor();
  assert.equal(await inWay(page, 'self-consistency', 'comparison-result').getAttribute('data-value'), price);
  assert.equal(await inWay(page, 'panel-debate', 'comparison-result').count(), 0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await inWay(page, 'self-consistency', 'comparison-open').click();
  await byId(page, 'comparison-of').waitFor();
  assert.equal(await byId(page, 'price-0').getAttribute('data-value'), price);
  const other = await site.open(link.slice(link.indexOf('#')));
  assert.equal(await byId(other.page, 'head-digest').textContent(), run.head.digest);
  await other.page.getByText('is not on this device').waitFor();
  watch.noConsoleErrors();
});

test('models: the cost, a question before money is spent, as many calls, and the vote', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'yes' });
  await modelPanel(page, { question: 'Will the ferry sail?', models: ['yes', 'yes', 'no'], rounds: 2 });
  await byId(page, 'run-button').click();
  await ended(page);
  const calls = Number(await byId(page, 'calls-total').getAttribute('data-value'));
  const sent = () => mock.journal().length;
  const before = sent();
  await inWay(page, 'self-consistency', 'comparison-uses').getByText(`${calls} to ${2 * calls} calls`).waitFor();
  await inWay(page, 'self-consistency', 'comparison-uses').getByText('no price known').waitFor();
  await inWay(page, 'self-consistency', 'comparison-run').click();
  await byId(page, 'comparison-cancel').click();
  await inWay(page, 'self-consistency', 'comparison-run').click();
  assert.equal(sent(), before, 'nothing is sent before it is confirmed');
  // The focus moves to the button that starts, on the next frame.
  await page.locator('[data-testid="comparison-start"]:focus').waitFor();
  await page.keyboard.press('Enter');
  await comparisonEnded(page);
  assert.equal(sent() - before, calls);
  assert.equal(Number(await byId(page, 'price-0').getAttribute('data-value')).toFixed(6), (2 / 3).toFixed(6));
  const { run } = await exported(page);
  assert.equal(run.spec.mode.self_consistency.answers, calls);
  assert.equal(run.spec.stop.max_calls, 60, 'the limits are the same');
  watch.noConsoleErrors();
});
