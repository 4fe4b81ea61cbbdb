// A panel of models against a scripted server: connected through the form, run to an end, checked; every failure is
// visible in the page and in the run file; limits and Stop hold; a key reaches its own server only.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  always, answer, cutAnswer, lateAnswer, rateLimited, sequence, slowAnswer, startAimock,
} from './aimock.mjs';
import { byId, startSite } from './browser.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

const belief = (p, headline = 'A reason') => ({
  beliefs: [p, 1 - p], headline, reasoning: 'Because of this.', evidence: ['a fact'], predicted_mean_of_others: 0.5,
});
// Chromium itself reports these, whatever the page does.
const PROVOKED = [/status of 429/, /ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_EMPTY_RESPONSE/, /ERR_CONNECTION_REFUSED/];
const KEY = 'sk-test-0123456789abcdef';

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'steady' }, answer(belief(0.75))),
    ...always({ model: 'other' }, answer(belief(0.25))),
    ...sequence({ model: 'hasty' }, [rateLimited(), answer(belief(0.5))]),
    ...always({ model: 'cut' }, cutAnswer(3, belief(0.9))),
    ...sequence({ model: 'sloppy' }, [answer('{"beliefs": [0.7, '), answer(belief(0.6))]),
    ...always({ model: 'hopeless' }, answer('I would rather not say')),
    ...always({ model: 'refused' }, rateLimited()),
    ...always({ model: 'endless' }, answer('a'.repeat(2 << 20))),
    ...always({ model: 'slow' }, slowAnswer(400, belief(0.8))),
    ...always({ model: 'late' }, lateAnswer(20_000, belief(0.8))),
    ...always({ model: 'hostile' }, answer(belief(0.6, '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'))),
    ...always({ model: 'absurd' }, answer('{"beliefs": [1e400, -1, 0.5, 2, 3], "headline": "many"}')),
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

test('a connection is tested, saved and remembered without its key', async () => {
  const { page, watch } = await site.open('#/settings');
  await byId(page, 'connection-add').click();
  await byId(page, 'connection-base-url').fill('http://127.0.0.1:9/v1');
  await byId(page, 'connection-model').fill('steady');
  await byId(page, 'connection-test').click();
  const result = byId(page, 'connection-test-result');
  await page.locator('[data-testid="connection-test-result"][data-status="error"]').waitFor();
  assert.ok((await result.textContent()).length > 40, 'it says what may be the cause');
  await byId(page, 'connection-base-url').fill(mock.baseUrl);
  await byId(page, 'connection-key').fill(KEY);
  await byId(page, 'connection-test').click();
  await page.locator('[data-testid="connection-test-result"][data-status="ok"]').waitFor();
  await byId(page, 'connection-save').click();
  await byId(page, 'connection-add').waitFor();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.ok(stored.includes(mock.origin) && !stored.includes(KEY));
  await page.reload();
  await page.getByText('Key needed again').waitFor();
  watch.noConsoleErrors({ except: [...PROVOKED, /ERR_UNSAFE_PORT/] });
});

test('a panel of models trades a question to a price', async () => {
  const { page, watch } = await site.open();
  const before = mock.journal().length;
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady', key: KEY, answerTokens: 321 });
  await modelPanel(page, { question: 'Will it hold?', models: ['steady', 'steady', 'other'], rounds: 2 });
  await byId(page, 'run-button').click();
  await ended(page);
  const calls = mock.journal().slice(before);
  assert.equal(await byId(page, 'calls-total').getAttribute('data-value'), String(calls.length));
  assert.ok(calls.every(({ headers }) => headers.authorization), 'the key reaches its server');
  assert.ok(calls.every(({ body }) => body.max_tokens === 321), 'answers are as long as the connection allows');
  assert.match(await byId(page, 'cost-total').textContent(), /not known/);
  assert.equal(await verified(page), 'verified');
  const { text, run } = await exported(page);
  assert.ok(!text.includes(KEY) && !text.includes(mock.origin), 'neither key nor address in the file');
  const call = run.events.find(({ event }) => event.type === 'call').event;
  assert.ok(call.prompt.length > 0 && call.reply.includes('beliefs') && call.parse.status === 'ok');
  assert.ok(!(await page.content()).includes(KEY));
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  const other = await site.open();
  await other.page.goto(link);
  await byId(other.page, 'verify-button').click();
  await other.page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  watch.noConsoleErrors();
  watch.onlyHosts([mock.origin]);
});

test('every failure is visible in the page and in the file, and blocks nobody', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'panel-models').check({ force: true });
  for (let more = 0; more < 3; more += 1) await byId(page, 'add-agent').click();
  await modelPanel(page, {
    question: 'Does it fail well?',
    models: ['steady', 'hasty', 'cut', 'sloppy', 'hopeless', 'absurd'],
  });
  await byId(page, 'run-button').click();
  await ended(page);
  const failures = byId(page, 'agent-failure');
  assert.equal(await failures.count(), 3);
  const { run } = await exported(page);
  const kinds = run.events.filter(({ event }) => event.type === 'failed').map(({ event }) => [event.agent, event.failure.kind]);
  assert.deepEqual(kinds, [[2, 'cut_reply'], [4, 'unparseable'], [5, 'unparseable']]);
  const answered = run.events.filter(({ event }) => event.type === 'forecast').map(({ event }) => event.agent);
  assert.deepEqual(answered, [0, 1, 3]);
  assert.ok(JSON.stringify(run.timings).includes('429'), 'the retry stands beside the chain');
  const repair = run.events.filter(({ event }) => event.type === 'call' && event.purpose === 'repair');
  assert.equal(repair.length, 3);
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors({ except: PROVOKED });
});

test('words stream in, Stop keeps what is in, and the run stays usable', async () => {
  const { page } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  await modelPanel(page, { question: 'Can it be stopped?', models: ['steady', 'slow', 'late'] });
  await byId(page, 'run-button').click();
  const row = page.locator('[data-testid="agent-row"][data-agent="1"]');
  await row.locator('.agent-arriving').getByText('A reason').waitFor();
  assert.doesNotMatch(await row.textContent(), /[{"]|beliefs/, 'words, not the JSON around them');
  await byId(page, 'stop-button').click();
  assert.equal(await ended(page), 'stopped');
  const { run } = await exported(page);
  const forecasts = run.events.filter(({ event }) => event.type === 'forecast').map(({ event }) => event.agent);
  assert.deepEqual(forecasts, [0], 'the answer that was in is kept');
  assert.equal(await verified(page), 'verified');
});

test('the limit of calls is never passed', async () => {
  const { page } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  const before = mock.journal().length;
  await modelPanel(page, { question: 'How many?', models: ['steady', 'other', 'hopeless'], rounds: 3, calls: 4 });
  await byId(page, 'run-button').click();
  assert.equal(await ended(page), 'stopped');
  assert.ok(mock.journal().length - before <= 4);
});

test('what a model says cannot become part of the page', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  await modelPanel(page, { question: 'Is it safe?', models: ['hostile', 'hostile', 'steady'] });
  await byId(page, 'run-button').click();
  await ended(page);
  await page.getByText('<img src=x').first().waitFor();
  assert.equal(await verified(page), 'verified');
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  watch.noConsoleErrors();
  watch.onlyHosts([mock.origin]);
});

test('an agent that is refused every time does not hold the others up', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  const before = mock.journal().length;
  await modelPanel(page, { question: 'Does it wait?', models: ['steady', 'refused', 'other'] });
  await byId(page, 'run-button').click();
  const row = (agent) => page.locator(`[data-testid="agent-row"][data-agent="${agent}"]`);
  // While it waits for its next try, the row says so, and the others have answered.
  await row(1).locator('.agent-doing').getByText(/again in/i).waitFor();
  await row(0).locator('.agent-doing').waitFor({ state: 'detached' });
  assert.ok(['converged', 'undecided'].includes(await ended(page)));
  await row(1).getByTestId('agent-failure').waitFor();
  const asked = mock.journal().slice(before).filter(({ body }) => body.model === 'refused');
  assert.equal(asked.length, 4, 'four attempts');
  const waits = asked.slice(1).map(({ at }, place) => at - asked[place].at);
  assert.ok(waits.every((wait) => wait >= 950), `back-off: ${waits} ms`);
  const { run } = await exported(page);
  const of = (type) => run.events.filter(({ event }) => event.type === type).map(({ event }) => event);
  assert.deepEqual(of('failed').map(({ agent, failure }) => [agent, failure.kind]), [[1, 'rate_limit']]);
  assert.deepEqual(of('forecast').map(({ agent }) => agent), [0, 2]);
  assert.ok(of('traded').length > 0, 'the others trade');
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors({ except: PROVOKED });
});

test('a reply without end is cut off, and the page stays alive', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  await modelPanel(page, { question: 'How long?', models: ['steady', 'endless', 'other'] });
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await byId(page, 'agent-failure').count(), 1);
  const { text, run } = await exported(page);
  const failed = run.events.filter(({ event }) => event.type === 'failed').map(({ event }) => event.agent);
  assert.deepEqual(failed, [1]);
  assert.ok(text.length < 3 << 20, `${text.length} characters in the file`);
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors({ except: PROVOKED });
});

test('a key does not follow its connection to another address', async () => {
  const other = await startAimock(always({ model: 'steady' }, answer(belief(0.5))));
  try {
    const { page, watch } = await site.open();
    await connect(page, { baseUrl: mock.baseUrl, model: 'steady', key: KEY });
    const edit = () => page.getByRole('button', { name: /^Edit/ }).first().click();
    await edit();
    await byId(page, 'connection-base-url').fill(other.baseUrl);
    await byId(page, 'connection-test').click();
    await page.locator('[data-testid="connection-test-result"]').waitFor();
    await byId(page, 'connection-save').click();
    await page.getByText('Key needed again').waitFor();
    await modelPanel(page, { question: 'Whose key?', models: ['steady', 'steady', 'steady'] });
    await byId(page, 'run-button').click();
    await ended(page);
    const calls = other.journal();
    assert.ok(calls.length >= 3);
    assert.ok(calls.every(({ headers }) => !headers.authorization), 'no key at the new address');
    watch.noConsoleErrors();
    // Back at the old address it is still gone.
    await page.evaluate(() => { location.hash = '#/settings'; });
    await edit();
    await byId(page, 'connection-base-url').fill(mock.baseUrl);
    await byId(page, 'connection-save').click();
    await page.getByText('Key needed again').waitFor();
  } finally {
    await other.stop();
  }
});
