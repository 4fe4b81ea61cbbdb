// Kept replies: taken in place of calls where a run says so, by later visits and other tabs, until they are forgotten;
// and a browser that keeps nothing, or has no more room, which stops no run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { always, answer, startAimock } from './aimock.mjs';
import { byId, ready, startSite } from './browser.mjs';
import { everythingStored } from './kept.mjs';
import { connect, ended, exported, modelPanel, setSeed, verified } from './steps.mjs';

const KEY = 'sk-test-b81c6d0f2a7e4953';
const MODELS = ['steady', 'steady', 'steady'];
const TAKEN = 'Taken from a kept reply: nothing sent, nothing paid';

let site, mock, other;
before(async () => {
  site = await startSite();
  const replies = always({ model: 'steady' }, answer({ beliefs: [0.75, 0.25], headline: 'Well built', reasoning: 'Because.' }));
  mock = await startAimock(replies);
  other = await startAimock(replies);
});
after(async () => {
  await site.close();
  await mock.stop();
  await other.stop();
});

const calls = ({ events }) => events.filter(({ event }) => event.type === 'call').map(({ event }) => event);

/** A connection, and a panel that is ready to run. */
async function panel(page, { key = KEY, ...options } = {}) {
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady', key });
  await fill(page, options);
}

async function fill(page, { rounds = 1, mode } = {}) {
  await modelPanel(page, { question: 'Will it hold?', models: MODELS, rounds });
  await setSeed(page, '7');
  if (mode !== undefined) await byId(page, `mode-${mode}`).check({ force: true });
}

/** Sets the switch and starts. */
async function start(page, reuse) {
  await page.evaluate(() => { location.hash = '#/'; });
  const details = byId(page, 'asking-details');
  if (!(await byId(page, 'reuse-replies').isVisible())) await details.locator('> summary').click();
  await byId(page, 'reuse-replies').setChecked(reuse);
  await byId(page, 'run-button').click();
}

/** The calls that a run with or without kept replies sends. */
async function run(page, reuse) {
  const before = mock.journal().length + other.journal().length;
  await start(page, reuse);
  await ended(page);
  return mock.journal().length + other.journal().length - before;
}

/** What lies in the two stores of replies. */
const stores = (page) => page.evaluate(async () => {
  const settled = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await settled(indexedDB.open('credence'));
  const store = (name) => database.transaction(name).objectStore(name);
  const [keys, sizes, texts] = await Promise.all([
    settled(store('kept-replies').getAllKeys()), settled(store('kept-reply-sizes').getAllKeys()), settled(store('kept-replies').getAll()),
  ]);
  database.close();
  return { keys, sizes, texts };
});

/** Waits until Settings says that so many are kept. */
async function kept(page, count) {
  await page.evaluate(() => { location.hash = '#/settings'; });
  await page.locator(`[data-testid="kept-replies"][data-value="${count}"]`).waitFor();
}

test('a kept reply is taken on the next visit, said everywhere, and gone when it is forgotten', async () => {
  const { page, watch } = await site.open();
  await panel(page);
  assert.equal(await run(page, false), 3, 'nothing is kept yet');
  assert.equal(await run(page, false), 3, 'what is kept is not wanted');
  await kept(page, 3);
  await page.reload();
  await ready(page);
  // The key is gone with the page: nothing needs it.
  await fill(page);
  assert.equal(await run(page, true), 0, 'the same prompts again');
  assert.equal(await byId(page, 'agent-reused').count(), 3);
  assert.equal(await byId(page, 'agent-reused').first().textContent(), TAKEN);
  assert.equal(await byId(page, 'calls-total').getAttribute('data-value'), '0');
  const file = await exported(page);
  assert.ok(calls(file.run).every(({ reused }) => /^[0-9a-f]{64}$/.test(reused)));
  assert.equal(await verified(page), 'verified');
  await page.locator('[data-testid="event-row"][data-type="call"]').first().getByText(TAKEN).waitFor();
  const stored = await everythingStored(page);
  assert.ok(stored.includes('Well built') && !stored.includes(KEY), 'replies are kept, the key is not');

  await page.reload();
  await ready(page);
  await fill(page);
  await byId(page, 'asking-details').locator('> summary').click();
  assert.equal(await byId(page, 'reuse-replies').isChecked(), true, 'the choice is remembered');

  await kept(page, 3);
  await byId(page, 'forget-replies').click();
  await page.getByText('Forget 3 kept replies?').waitFor();
  await byId(page, 'forget-replies-yes').click();
  await kept(page, 0);
  assert.equal((await stores(page)).texts.length, 0);
  await panel(page);
  assert.equal(await run(page, true), 3, 'they are forgotten');
  assert.equal(await byId(page, 'agent-reused').count(), 0);
  assert.equal(await run(page, true), 0);
  watch.noConsoleErrors();
});

test('another server’s model of the same name does not answer for it', async () => {
  const { page } = await site.open();
  await panel(page);
  assert.equal(await run(page, true), 3);
  await page.evaluate(() => { location.hash = '#/settings'; });
  await page.locator('.connection').first().getByRole('button', { name: /^Edit/ }).click();
  await byId(page, 'connection-base-url').fill(other.baseUrl);
  await byId(page, 'connection-save').click();
  await byId(page, 'connection-add').waitFor();
  assert.equal(await run(page, true), 3, 'the same name at another address');
  assert.equal(await run(page, true), 0);
});

test('two tabs at once leave whole replies, and an interrupted run still takes them', async () => {
  const { page, context, watch } = await site.open();
  // Without a key, which a reload would ask for again.
  await panel(page, { key: '' });
  const second = await context.newPage();
  await second.goto(site.url);
  await ready(second);
  await fill(second);
  const [one, two] = await Promise.all([start(page, true), start(second, true)].map((started, place) => started.then(() => ended([page, second][place]))));
  assert.deepEqual([one, two], ['undecided', 'undecided']);
  await kept(page, 3);
  const { keys, sizes, texts } = await stores(page);
  assert.deepEqual(keys, sizes);
  assert.ok(texts.every((text) => JSON.parse(text).text.includes('Well built')));

  // The first tab takes the first round and hangs in the second; meanwhile the second tab has that round answered.
  let hold = true;
  await page.route('**/v1/chat/completions', (route) => (hold ? undefined : route.continue()));
  await fill(page, { rounds: 2 });
  await start(page, true);
  await page.getByTestId('agent-row').first().getByText(/thinking/i).waitFor();
  await fill(second, { rounds: 2 });
  assert.equal(await run(second, false), 6);
  const before = mock.journal().length;
  hold = false;
  await page.reload();
  await ready(page);
  await ended(page);
  assert.equal(mock.journal().length, before, 'the run remembers its own switch, whatever the last choice was');
  const { run: file } = await exported(page);
  assert.deepEqual(calls(file).map(({ reused }) => reused !== undefined), [true, true, true, true, true, true]);
  watch.noConsoleErrors();
});

test('a database of an earlier visit, which had no replies, keeps its runs', async () => {
  const { page, context } = await site.open();
  await panel(page, { key: '' });
  await run(page, false);
  const question = 'Will it hold?';
  // What this page has written, laid out as it was before.
  await page.goto(`${site.url}public/favicon.svg`);
  await page.evaluate(async () => {
    const settled = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const now = await settled(indexedDB.open('credence'));
    const names = [...now.objectStoreNames].filter((name) => !name.startsWith('kept-'));
    const all = await Promise.all(names.map(async (name) => {
      const store = now.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
      return keys.map((key, place) => [key, values[place]]);
    }));
    now.close();
    await settled(indexedDB.deleteDatabase('credence'));
    const open = indexedDB.open('credence', 1);
    open.onupgradeneeded = () => names.forEach((name, place) => {
      const store = open.result.createObjectStore(name);
      for (const [key, value] of all[place]) store.put(value, key);
    });
    (await settled(open)).close();
  });
  const next = await context.newPage();
  await next.goto(`${site.url}#/runs`);
  await ready(next);
  await next.locator('[data-run]').getByText(question).waitFor();
  await next.getByTestId('run-open').click();
  await ended(next);
  await fill(next);
  assert.equal(await run(next, true), 3);
  assert.equal(await run(next, true), 0);
});

test('where agents speak in turns, the transcript says what was kept', async () => {
  const { page } = await site.open();
  await panel(page, { mode: 'self-resolving' });
  const first = await run(page, true);
  assert.ok(first > 0);
  assert.equal(await byId(page, 'statement-reused').count(), 0);
  // A secret stops the reports, so the second run may be shorter or longer: what both asked is taken from what is kept.
  const sent = await run(page, true);
  const { run: log } = await exported(page);
  const reports = log.events.filter(({ event }) => event.type === 'forecast').length;
  const taken = Math.min(first, reports);
  assert.equal(sent, reports - taken);
  await page.evaluate(() => { location.hash = '#/run'; });
  // The transcript comes in turns.
  await byId(page, 'statement-reused').nth(taken - 1).waitFor();
  assert.equal(await byId(page, 'statement-reused').count(), taken);
});

for (const [what, script, settings] of [
  ['keeps nothing', () => { IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }; }, 'until this page is closed'],
  ['has no more room', () => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      if (this.name === 'kept-replies') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    };
  }, 'until this page is closed'],
]) {
  test(`a browser that ${what} stops no run, and the page’s memory serves`, async () => {
    const { page, context } = await site.open();
    await context.addInitScript(script);
    await page.reload();
    await ready(page);
    await panel(page);
    assert.equal(await run(page, true), 3);
    assert.equal(await run(page, true), 0);
    await kept(page, 3);
    await byId(page, 'kept-replies').getByText(settings).waitFor();
    await byId(page, 'forget-replies').click();
    await byId(page, 'forget-replies-yes').click();
    await kept(page, 0);
    assert.equal(await run(page, true), 3);
  });
}
