// The list of past runs: what stands there, renaming, pinning, deleting with an undo; two tabs and one run; a browser
// that gives no room, or none at all; records that cannot be read.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { lateAnswer, startAimock } from './aimock.mjs';
import { axe, byId, ready, startSite } from './browser.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';
import { kept } from './kept.mjs';

let site, mock;
before(async () => {
  site = await startSite();
  const belief = { beliefs: [0.7, 0.3], headline: 'So', reasoning: 'Because.', evidence: [], predicted_mean_of_others: 0.5 };
  mock = await startAimock([
    { ...lateAnswer(300, belief), match: { model: 'steady' } },
    { ...lateAnswer(1000, belief), match: { model: 'slow' } },
    { response: { status: 500, error: { message: 'down' } }, match: { model: 'broken' } },
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

const go = (page, route) => page.evaluate((hash) => { location.hash = hash; }, route);
const rows = (page) => byId(page, 'run-row');

/** Runs a simulated panel on a question. */
async function ask(page, question) {
  await go(page, '#/');
  await byId(page, 'question-input').fill(question);
  await byId(page, 'run-button').click();
  await ended(page);
}

test('past runs are listed, renamed, pinned, deleted and taken back', async () => {
  const { page, context, watch } = await site.open('#/runs');
  await byId(page, 'runs-empty').waitFor();
  await ask(page, 'Will the first hold?');
  await ask(page, 'Will the second hold?');
  await go(page, '#/runs');
  await rows(page).nth(1).waitFor();
  assert.match(await rows(page).nth(0).textContent(), /second hold/, 'newest first');
  // The list is read again a moment after a run has ended, and the room is asked for beside it.
  await rows(page).nth(0).filter({ hasText: /Settled|Undecided/ }).waitFor();
  await byId(page, 'storage-used').filter({ hasText: /of the .* are in use/ }).waitFor();

  await rows(page).nth(1).getByTestId('run-rename').click();
  await byId(page, 'run-name').fill('My oldest');
  await byId(page, 'run-name-save').click();
  await page.getByRole('heading', { name: 'My oldest' }).waitFor();
  await rows(page).nth(1).getByTestId('run-pin').click();
  await rows(page).nth(0).getByRole('heading', { name: 'My oldest' }).waitFor();
  assert.deepEqual(await axe(page), []);

  await rows(page).nth(1).getByTestId('run-delete').click();
  await byId(page, 'run-undo').waitFor();
  assert.equal(await rows(page).count(), 1);
  await byId(page, 'run-undo').click();
  await rows(page).nth(1).waitFor();
  await rows(page).nth(1).getByTestId('run-delete').click();
  await byId(page, 'run-undo').waitFor();
  await go(page, '#/');
  while ((await kept(page)).length > 1) await byId(page, 'run-button').waitFor();
  await page.reload();
  await ready(page);
  await go(page, '#/runs');
  await rows(page).nth(0).waitFor();
  assert.equal(await rows(page).count(), 1, 'what was deleted is gone for good');
  assert.equal(await byId(page, 'run-undo').count(), 0);
  assert.equal((await kept(page)).length, 1);

  // Name and pin survive, and it opens as it was.
  await rows(page).nth(0).getByRole('heading', { name: 'My oldest' }).waitFor();
  await byId(page, 'run-open').click();
  await byId(page, 'summary').waitFor();
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors();
  watch.onlyHosts();
  await context.close();
});

test('an imported run is kept with its faults, and a run that goes on is put aside for it, not lost', async () => {
  const { page, context } = await site.open('#/settings');
  await ask(page, 'Is this a file?');
  const { run } = await exported(page);
  run.events[3].event.round = 7;
  await writeFile('/tmp/credence-kept-test.json', JSON.stringify(run));
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  await modelPanel(page, { question: 'Does it wait?', models: ['steady', 'steady', 'broken'], rounds: 3 });
  await byId(page, 'run-button').click();
  await go(page, '#/');
  await byId(page, 'import-run').setInputFiles('/tmp/credence-kept-test.json');
  await page.getByText('Is this a file?').first().waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await verified(page), 'broken');
  await go(page, '#/runs');
  const waiting = rows(page).filter({ hasText: 'Does it wait?' });
  assert.match(await waiting.textContent(), /Paused|Not finished/);
  await waiting.getByTestId('run-open').click();
  await byId(page, 'summary').waitFor();
  const pause = byId(page, 'pause-button');
  if (await page.locator('[data-testid="status"][data-status="paused"]').count()) await pause.click();
  await ended(page);
  assert.equal(await verified(page), 'verified');
  await go(page, '#/runs');
  assert.match(await waiting.getByTestId('run-failures').textContent(), /fail/);
  await context.close();
});

test('two tabs never drive one run: the second looks on and takes over when the first is gone', async () => {
  const { page: first, context } = await site.open('#/settings');
  await connect(first, { baseUrl: mock.baseUrl, model: 'steady' });
  const before = mock.journal().length;
  await modelPanel(first, { question: 'Who drives?', models: ['slow', 'slow', 'slow'], rounds: 2 });
  await byId(first, 'run-button').click();
  // Paused while the first round is asked: a pause that comes sooner would leave nothing to follow.
  await byId(first, 'waiting-for').waitFor();
  await byId(first, 'pause-button').click();
  const second = await context.newPage();
  await second.goto(`${site.url}#/run`);
  await ready(second);
  await byId(second, 'run-note').waitFor();
  assert.match(await byId(second, 'run-note').textContent(), /another tab/);
  assert.ok(await byId(second, 'pause-button').isDisabled());
  assert.ok(await byId(second, 'take-over').isDisabled());
  // It follows what the first tab does. `paused` stands as soon as it is pressed, and what was asked by then is still
  // awaited: only when it is in does a closed tab cost nothing.
  await first.locator('[data-testid="status"][data-status="paused"]').waitFor();
  await byId(first, 'waiting-for').waitFor({ state: 'detached' });
  assert.equal(mock.journal().length - before, 3, 'a paused run asks nobody in the next round');
  await byId(second, 'trade-row').first().waitFor();
  assert.ok(!(await byId(second, 'resume-offer').count()));
  await first.close();
  await second.locator('[data-testid="take-over"]:enabled').waitFor();
  await byId(second, 'take-over').click();
  await second.locator('[data-testid="pause-button"]:enabled').waitFor();
  await byId(second, 'pause-button').click();
  await ended(second);
  assert.equal(mock.journal().length - before, 6, 'three models, two rounds, nothing asked again');
  assert.equal(await verified(second), 'verified');
  await context.close();
});

test('a full disk is said in words, the run goes on, and it is kept once there is room', async () => {
  // The browser asks for room only now and then, so the limit must be there before the page first writes.
  const fresh = await site.browser.newContext();
  const tab = await fresh.newPage();
  await tab.goto(`${site.url}public/favicon.svg`);
  const session = await fresh.newCDPSession(tab);
  const origin = new URL(site.url).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await tab.goto(`${site.url}#/`);
  await ready(tab);
  await ask(tab, 'Is there room for this?');
  await byId(tab, 'storage-refusal').waitFor();
  assert.match(await byId(tab, 'storage-refusal').textContent(), /full/);
  assert.equal(await verified(tab), 'verified', 'the run itself is whole');
  assert.equal((await kept(tab)).length, 0);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await byId(tab, 'keep-again').click();
  await byId(tab, 'storage-refusal').waitFor({ state: 'detached' });
  await go(tab, '#/runs');
  await rows(tab).filter({ hasText: 'Is there room for this?' }).getByText('Open in this tab').waitFor();
  await tab.reload();
  await ready(tab);
  await rows(tab).getByTestId('run-open').click();
  await byId(tab, 'summary').waitFor();
  assert.equal(await verified(tab), 'verified');
  await fresh.close();
});

test('a window that keeps nothing says so once and works in memory', async () => {
  const { page, context, watch } = await site.open('', { storageState: undefined });
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined });
  });
  await page.reload();
  await ready(page);
  await byId(page, 'storage-notice').waitFor();
  await byId(page, 'storage-notice').getByRole('button').click();
  await ask(page, 'Does memory do?');
  assert.equal(await byId(page, 'storage-notice').count(), 0);
  assert.equal(await verified(page), 'verified');
  await go(page, '#/runs');
  await byId(page, 'runs-unavailable').waitFor();
  watch.noConsoleErrors();
  await context.close();
});

test('records that cannot be read or are of another engine never block the page', async () => {
  const { page, context, watch } = await site.open();
  await ask(page, 'Is it readable?');
  await ask(page, 'Is it older?');
  await ask(page, 'Is it damaged?');
  await page.evaluate(async () => {
    const settled = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await settled(indexedDB.open('credence'));
    const transaction = database.transaction(['cards', 'set-ups', 'events'], 'readwrite');
    const store = (name) => transaction.objectStore(name);
    for (const id of await settled(store('cards').getAllKeys())) {
      const card = JSON.parse(await settled(store('cards').get(id)));
      if (card.question === 'Is it readable?') store('cards').put('{"version":99}', id);
      if (card.question === 'Is it older?') {
        store('cards').put(JSON.stringify({ ...card, engine: 'credence-engine-0' }), id);
        const setUp = JSON.parse(await settled(store('set-ups').get(id)));
        store('set-ups').put(JSON.stringify({ ...setUp, engine: 'credence-engine-0' }), id);
      }
      if (card.question === 'Is it damaged?') store('events').put('{"seq":3', [id, 3]);
    }
    await new Promise((done) => { transaction.oncomplete = done; });
    database.close();
  });
  await page.reload();
  await ready(page);
  await byId(page, 'run-note').waitFor();
  assert.match(await byId(page, 'run-note').textContent(), /damaged from event 3/);
  await go(page, '#/runs');
  const older = rows(page).filter({ hasText: 'Is it older?' });
  await older.getByText('Older engine').waitFor();
  await older.getByTestId('run-open').click();
  await byId(page, 'run-note').getByText('Another version of the engine').waitFor();
  await go(page, '#/runs');
  const unreadable = rows(page).filter({ hasText: 'A run that cannot be read' });
  assert.match(await unreadable.textContent(), /newer Credence/);
  await unreadable.getByTestId('run-delete').click();
  await unreadable.waitFor({ state: 'detached' });
  watch.noConsoleErrors();
  await context.close();
});
