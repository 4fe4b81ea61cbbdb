// A run leaves the page as a link and as a file, comes back elsewhere, and is checked there; whatever was changed on
// the way is found, and what cannot be opened says why and leaves everything else alone.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { axe, byId, startSite } from './browser.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

/** Runs the example of a first visit to its end and opens the Audit page. */
async function finishedRun() {
  const opened = await site.open();
  const { page } = opened;
  await byId(page, 'run-button').click();
  await page.locator('[data-testid="status"]:is([data-status="converged"], [data-status="undecided"])').waitFor();
  await page.goto(`${site.url}#/run/audit`);
  await byId(page, 'head-digest').waitFor();
  return { ...opened, head: await byId(page, 'head-digest').textContent() };
}

/** What the Verify button finds. */
async function verify(page) {
  await byId(page, 'verify-button').click();
  const result = byId(page, 'verify-result');
  await result.waitFor();
  return { status: await result.getAttribute('data-status'), seq: await result.getAttribute('data-seq') };
}

/** The link of the run on the Audit page. */
async function linkOf(page) {
  await byId(page, 'share-button').click();
  const field = byId(page, 'share-link');
  await field.waitFor();
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  return link;
}

test('a link opens elsewhere, read-only, is verified and run again with changes', async () => {
  const { page, watch, head } = await finishedRun();
  assert.match(head, /^[0-9a-f]{64}$/);
  assert.deepEqual(await verify(page), { status: 'verified', seq: null });
  const link = await linkOf(page);
  assert.ok(link.startsWith(`${site.url}#/r/1.`) && link.length < 400, `${link.length} characters`);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'share-button');

  const other = await site.open();
  await other.page.goto(link);
  await byId(other.page, 'verify-button').waitFor();
  assert.equal(await byId(other.page, 'head-digest').textContent(), head);
  assert.deepEqual(await verify(other.page), { status: 'verified', seq: null });
  assert.equal(await byId(other.page, 'pause-button').count(), 0);
  assert.deepEqual(await axe(other.page), []);
  await byId(other.page, 'fork-button').click();
  assert.notEqual(await byId(other.page, 'question-input').inputValue(), '');
  for (const { watch: seen } of [{ watch }, other]) {
    seen.noConsoleErrors();
    seen.onlyHosts();
  }
});

test('a link that was cut says so and leaves the open run alone', async () => {
  const { page, head } = await finishedRun();
  const link = await linkOf(page);
  for (const [broken, words] of [
    [link.slice(0, -20), 'cut off'],
    [link.replace('#/r/1.', '#/r/2.'), 'newer'],
    [`${link}AAAA`, 'damaged'],
  ]) {
    await page.goto(broken);
    await byId(page, 'link-error').getByText(words).waitFor();
  }
  await page.goto(`${site.url}#/run/audit`);
  assert.equal(await byId(page, 'head-digest').textContent(), head);
});

test('a file comes back; one that was changed is broken at the right event', async () => {
  const { page, head } = await finishedRun();
  const [download] = await Promise.all([page.waitForEvent('download'), byId(page, 'export-run').click()]);
  const path = await download.path();
  const run = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(run.head.digest, head);
  for (const [change, expected] of [
    [() => {}, { status: 'verified', seq: null }],
    [(copy) => (copy.events[29].event.round += 1), { status: 'broken', seq: '30' }],
    [(copy) => (copy.events[11].event = { type: 'unheard of' }), { status: 'broken', seq: '12' }],
    [(copy) => copy.events.pop(), { status: 'broken', seq: String(run.events.length) }],
    [(copy) => (copy.spec.question += '?'), { status: 'broken', seq: '1' }],
  ]) {
    const copy = structuredClone(run);
    change(copy);
    await writeFile(path, JSON.stringify(copy));
    const { page: other, watch } = await site.open();
    await byId(other, 'import-run').setInputFiles({
      name: 'run.json',
      mimeType: 'application/json',
      buffer: await readFile(path),
    });
    await byId(other, 'verify-button').waitFor();
    assert.equal(await byId(other, 'event-row').count(), copy.events.length);
    // A file that was changed is warned of wherever the run is shown, before anybody presses Verify.
    const warnings = expected.status === 'broken' ? 1 : 0;
    for (const hash of ['#/run/why', '#/run', '#/run/audit']) {
      await other.evaluate((to) => { location.hash = to; }, hash);
      await other.waitForFunction((to) => document.querySelector(`nav [aria-current="page"]`)?.hash === to, hash);
      await other.waitForFunction(() => document.activeElement.tagName === 'H1');
      assert.equal(await byId(other, 'run-altered').count(), warnings, hash);
      // Above all that it warns of.
      const top = async (one) => (await one.boundingBox()).y;
      if (warnings) assert.ok((await top(byId(other, 'run-altered'))) < (await top(other.locator('main h1'))), hash);
    }
    assert.deepEqual(await verify(other), expected);
    // The digest that is shown was computed; the file's own stands beside it as a claim.
    const [shown, claims] = [await byId(other, 'head-digest').textContent(), byId(other, 'head-claim')];
    assert.equal(await claims.count(), warnings);
    assert.equal(shown === run.head.digest, warnings === 0);
    if (expected.seq === '30') {
      assert.ok((await claims.textContent()).includes(run.head.digest));
      const [memo] = await Promise.all([other.waitForEvent('download'), byId(other, 'export-memo').click()]);
      assert.match(await readFile(await memo.path(), 'utf8'), /^# .*\n\n> \*\*This log was changed.*does not verify/);
      // The same file again is the same run, and the list knows without opening it.
      await other.evaluate(() => { location.hash = '#/'; });
      await byId(other, 'import-run').setInputFiles(path);
      await byId(other, 'run-note').getByText('opened before').waitFor();
      await other.evaluate(() => { location.hash = '#/runs'; });
      await byId(other, 'run-altered-tag').waitFor();
      assert.equal(await byId(other, 'run-row').count(), 1);
    }
    watch.noConsoleErrors();
  }
});

test('an event has an address of its own, and the list can be searched', async () => {
  const { page } = await finishedRun();
  await page.goto(`${site.url}#/run/audit?at=25`);
  const row = page.locator('[data-testid="event-row"][data-seq="25"]');
  await row.locator('.event-detail').waitFor();
  await page.waitForFunction(() => document.activeElement.closest('[data-seq="25"]'));
  assert.deepEqual(await axe(page), []);
  await page.getByTestId('event-type').selectOption('traded');
  const types = await byId(page, 'event-row').evaluateAll((rows) => new Set(rows.map((row) => row.dataset.type)).size);
  assert.equal(types, 1);
  await page.getByTestId('event-search').fill('no such words');
  assert.equal(await byId(page, 'event-row').count(), 0);
});
