// Two runs side by side: a run and the same with another liquidity, the differences, the parting, the results; by
// keyboard, at a phone's width, and with nothing to compare.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { ended, setRules } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const text = (page, id) => byId(page, id).innerText();
const rows = (page, id) => byId(page, id).locator('tbody tr').allInnerTexts();

/** Runs the first example twice: as it is, and with half the liquidity and one agent fewer. */
async function twoRuns(options) {
  const opened = await site.open('', options);
  const { page } = opened;
  await setRules(page, { rounds: 4, epsilon: 0 });
  await byId(page, 'run-button').click();
  await ended(page);
  await byId(page, 'fork-button').click();
  await setRules(page, { rounds: 2, epsilon: 0 });
  await byId(page, 'run-button').click();
  await ended(page);
  return opened;
}

test('a run and the same with another rule, from the link on its page', async () => {
  const { page, watch } = await twoRuns();
  await byId(page, 'compare-link').click();
  await byId(page, 'compare-result').waitFor();
  assert.match(await text(page, 'compare-verdict'), /^(Both lead with|They disagree)/);
  const differences = await byId(page, 'compare-difference').allInnerTexts();
  assert.deepEqual(differences.map((row) => row.split('\t')), [['Rounds at most', '2', '4']]);
  // What the limit of rounds does not touch is the same: two rounds of events, and the prices at their end.
  assert.match(await text(page, 'compare-common'), /^The first \d+ of their \d+ and \d+ events are the same\.$/);
  assert.match(await text(page, 'compare-parting'), /in round [34]/);
  const rounds = (await rows(page, 'compare-result')).find((row) => row.startsWith('Rounds'));
  assert.deepEqual(rounds.split('\t'), ['Rounds', '2', '4', '+2']);
  // The final prices are those of the runs' own pages.
  const answer = (await rows(page, 'compare-result'))[0].split('\t');
  await page.locator('[data-side="1"]').getByRole('button', { name: 'Open' }).click();
  const own = await byId(page, 'summary').innerText();
  assert.ok(own.includes(answer[2].match(/\d+/)[0]), `${own} / ${answer}`);
  watch.noConsoleErrors();
});

test('the sides can be chosen, swapped, come back to and reached by keyboard', async () => {
  const { page } = await twoRuns({ viewport: { width: 390, height: 844 } });
  await page.evaluate(() => { location.hash = '#/compare'; });
  await byId(page, 'compare-result').waitFor();
  const sides = () => Promise.all(['compare-left', 'compare-right'].map((id) => byId(page, id).inputValue()));
  const [left, right] = await sides();
  assert.notEqual(left, right);
  await byId(page, 'compare-swap').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((first) => document.querySelector('[data-testid="compare-left"]').value === first, right);
  assert.deepEqual(await sides(), [right, left]);
  await page.reload();
  await ready(page);
  await byId(page, 'compare-result').waitFor();
  assert.deepEqual(await sides(), [right, left]);
  await byId(page, 'compare-left').selectOption(left);
  await byId(page, 'compare-same').waitFor();
  assert.equal(await byId(page, 'compare-result').count(), 0);
  await page.goBack();
  await byId(page, 'compare-result').waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
});

test('everybody can read it, in the light and in the dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, context } = await twoRuns({ colorScheme });
    await byId(page, 'compare-link').click();
    await byId(page, 'compare-result').waitFor();
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `compare-${colorScheme}`);
    await context.close();
  }
});

test('with nothing to compare it says what to do, and a run that is gone is said', async () => {
  const { page } = await site.open('#/compare');
  await byId(page, 'compare-empty').waitFor();
  const { page: other } = await twoRuns();
  await other.evaluate(() => { location.hash = '#/compare?a=0000000000000000'; });
  await byId(other, 'compare-failed').waitFor();
  assert.match(await text(other, 'compare-failed'), /not on this device/);
});
