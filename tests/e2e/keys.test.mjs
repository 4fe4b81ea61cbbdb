// A key in its three places, bound to its origin; settings as a file; and a story after which the key is looked for in
// everything that the page stores, says, saves or shows.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { answer, startAimock } from './aimock.mjs';
import { byId, ready, startSite } from './browser.mjs';
import { everythingStored } from './kept.mjs';
import { refuses, says, startServer } from './server.mjs';
import { ended, exported, modelPanel } from './steps.mjs';

const KEY = 'sk-test-3f9c1b7e2d8a4650';
const PASSPHRASE = 'correct horse battery';
const belief = { beliefs: [0.7, 0.3], headline: 'So', reasoning: 'Because.', evidence: [], predicted_mean_of_others: 0.5 };

let site, mock, echo;
before(async () => {
  site = await startSite();
  mock = await startAimock([{ ...answer(belief), match: {} }]);
  // A server that gives the key back, as some do: in an error, in a page of a gateway, in an answer.
  echo = await startServer(({ body: { model }, headers, nth }) => {
    const key = headers.authorization ?? headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers['api-key'];
    const error = refuses(401, `Incorrect API key provided: ${key}.`);
    if (model === 'busy' && nth === 0) return refuses(429, `Too many requests with ${key}`);
    if (model === 'gateway') return { ...error, status: 403, headers: { 'content-type': 'text/html' }, text: `<p>${key} is not let in` };
    if (model === 'spoken') return says({ ...belief, headline: `The key is ${key}`, reasoning: key });
    return error;
  });
});
after(async () => {
  await site.close();
  await mock.stop();
  await echo.stop();
});

const go = (page, route) => page.evaluate((hash) => { location.hash = hash; }, route);
const echoUrl = () => echo.baseUrl;
const row = (page, name) => page.locator('.connection').filter({ hasText: name });

/** Adds a connection whose key is left at a place: `memory`, `tab` or `device`. */
async function add(page, { name, baseUrl, place, key = KEY, passphrase }) {
  await go(page, '#/settings');
  await byId(page, 'connection-add').click();
  await byId(page, 'connection-base-url').fill(baseUrl);
  await byId(page, 'connection-key').fill(key);
  await byId(page, 'connection-model').fill('steady');
  await page.getByLabel('Name on this page').fill(name);
  await byId(page, { memory: 'key-in-memory', tab: 'key-in-tab', device: 'key-on-device' }[place]).check({ force: true });
  if (passphrase !== undefined) await byId(page, 'key-passphrase').fill(passphrase);
  await byId(page, 'connection-save').click();
}

test('a key is left in memory, in the tab, or on the device under a passphrase', async () => {
  const { page, context, watch } = await site.open('#/settings');
  await add(page, { name: 'In memory', baseUrl: mock.baseUrl, place: 'memory' });
  await row(page, 'In memory').getByText('Key in memory').waitFor();
  await add(page, { name: 'In tab', baseUrl: mock.baseUrl, place: 'tab' });
  await row(page, 'In tab').getByText('Key in this tab').waitFor();
  await add(page, { name: 'On device', baseUrl: mock.baseUrl, place: 'device', passphrase: 'short' });
  await page.getByText('at least 8 characters').first().waitFor();
  await page.locator('[data-testid="connection-test-result"][data-status="error"]').waitFor();
  await byId(page, 'key-passphrase').fill(PASSPHRASE);
  await byId(page, 'connection-save').click();
  await row(page, 'On device').getByText('Key on this device').waitFor();
  const local = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!local.includes(KEY) && !local.includes(PASSPHRASE), 'only sealed');
  const vault = await page.evaluate(() => JSON.parse(localStorage['credence/vault']));
  assert.ok(vault.iterations >= 600_000 && vault.salt.length >= 20);

  await page.reload();
  await ready(page);
  await row(page, 'In memory').getByText('Key needed again').waitFor();
  await row(page, 'In tab').getByText('Key in this tab').waitFor();
  await row(page, 'On device').getByText('locked').waitFor();
  await byId(page, 'unlock-passphrase').fill('a wrong passphrase');
  await byId(page, 'unlock-button').click();
  await byId(page, 'unlock-problem').getByText('not the passphrase').waitFor();
  await byId(page, 'unlock-passphrase').fill(PASSPHRASE);
  await byId(page, 'unlock-button').click();
  await byId(page, 'unlock-keys').waitFor({ state: 'detached' });
  await row(page, 'On device').getByText('Key on this device', { exact: true }).waitFor();

  // The unlocked key reaches its server; with another origin, all places let it go.
  await row(page, 'On device').getByRole('button', { name: /Edit/ }).click();
  const before = mock.journal().length;
  await byId(page, 'connection-test').click();
  await page.locator('[data-testid="connection-test-result"][data-status="ok"]').waitFor();
  assert.ok(mock.journal().slice(before).every(({ headers }) => headers.authorization));
  await byId(page, 'connection-base-url').fill(echoUrl());
  await byId(page, 'connection-save').click();
  await row(page, 'On device').getByText('Key needed again').waitFor();
  assert.equal(await page.evaluate(() => localStorage['credence/vault']), undefined);
  await row(page, 'In tab').getByRole('button', { name: /Edit/ }).click();
  await byId(page, 'connection-base-url').fill(echoUrl());
  await byId(page, 'connection-save').click();
  await row(page, 'In tab').getByText('Key needed again').waitFor();
  assert.ok(!(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).includes(KEY));
  watch.noConsoleErrors();
  await context.close();
});

test('one press forgets all keys in all three places', async () => {
  const { page, context } = await site.open('#/settings');
  await add(page, { name: 'One', baseUrl: mock.baseUrl, place: 'memory' });
  await row(page, 'One').getByText('Key in memory').waitFor();
  await add(page, { name: 'Two', baseUrl: mock.baseUrl, place: 'tab' });
  await row(page, 'Two').getByText('Key in this tab').waitFor();
  await add(page, { name: 'Three', baseUrl: mock.baseUrl, place: 'device', passphrase: PASSPHRASE });
  await row(page, 'Three').getByText('Key on this device').waitFor();
  await byId(page, 'forget-keys').click();
  await page.getByText('3 keys are forgotten').waitFor();
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!stored.includes('vault') && !stored.includes('credence/key'));
  await page.reload();
  await ready(page);
  for (const name of ['One', 'Two', 'Three']) await row(page, name).getByText('Key needed again').waitFor();
  await context.close();
});

test('settings travel as a file without keys, and an address from a file is confirmed before it is called', async () => {
  const { page, context } = await site.open('#/settings');
  await add(page, { name: 'Travels', baseUrl: mock.baseUrl, place: 'tab' });
  await row(page, 'Travels').waitFor();
  const price = byId(page, 'price-line').filter({ hasText: 'steady' });
  await price.getByTestId('token-price-read').fill('1');
  await price.getByTestId('token-price-written').fill('2.5');
  await price.getByTestId('token-price-set').click();
  await price.getByText('your price').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), byId(page, 'settings-export').click()]);
  const text = await readFile(await file.path(), 'utf8');
  assert.ok(!text.includes(KEY) && text.includes(mock.origin));
  const { prices, ...older } = JSON.parse(text);
  assert.deepEqual(prices.map(({ model, price: set }) => [model, set]), [['steady', { input_micro_usd: 1_000_000, output_micro_usd: 2_500_000 }]]);
  await context.close();

  const other = await site.open('#/settings');
  const settings = '/tmp/credence-settings-test.json';
  await writeFile(settings, text);
  await byId(other.page, 'settings-import').setInputFiles(settings);
  await row(other.page, 'Travels').getByText('not used until you confirm').waitFor();
  await byId(other.page, 'price-line').filter({ hasText: 'steady' }).getByText('your price').waitFor();
  const before = mock.journal().length;
  await other.page.reload();
  await ready(other.page);
  await row(other.page, 'Travels').getByTestId('connection-confirm').waitFor();
  await go(other.page, '#/');
  await byId(other.page, 'panel-models').check({ force: true });
  await byId(other.page, 'run-button').click();
  await byId(other.page, 'error-banner').waitFor();
  assert.equal(mock.journal().length, before, 'nothing was called');
  await go(other.page, '#/settings');
  await row(other.page, 'Travels').getByTestId('connection-confirm').click();
  await row(other.page, 'Travels').getByTestId('connection-confirm').waitFor({ state: 'detached' });
  await modelPanel(other.page, { question: 'Does it call now?', models: ['steady'], rounds: 1 });
  await byId(other.page, 'run-button').click();
  await ended(other.page);
  assert.ok(mock.journal().length > before);

  // A file of before prices travelled.
  await writeFile(settings, JSON.stringify(older));
  await go(other.page, '#/settings');
  await byId(other.page, 'settings-import').setInputFiles(settings);
  await row(other.page, 'Travels').nth(1).waitFor();

  for (const wrong of ['{}', '{"format":"credence-settings","version":1,"dark":null,"connections":[],"key":"x"}', 'x']) {
    await writeFile(settings, wrong);
    await go(other.page, '#/settings');
    await byId(other.page, 'settings-import').setInputFiles(settings);
    await byId(other.page, 'error-banner').getByText('holds no settings').waitFor();
    await byId(other.page, 'error-banner').getByRole('button').click();
  }
  await other.context.close();
});

/** The links of the open run, one a tier. */
async function links(page) {
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const found = [];
  for (const tier of ['numbers', 'headlines', 'everything']) {
    await byId(page, `share-tier-${tier}`).check({ force: true });
    await page.waitForFunction((known) => {
      const value = document.querySelector('[data-testid="share-link"]')?.value;
      return value && !known.includes(value);
    }, found);
    found.push(await byId(page, 'share-link').inputValue());
  }
  await page.keyboard.press('Escape');
  return found;
}

/** Presses a button and gives the name and the text of the file that is saved. */
async function saved(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), byId(page, button).click()]);
  return `${file.suggestedFilename()}\n${await readFile(await file.path(), 'utf8')}`;
}

test('after a whole story the key stands nowhere', async () => {
  const { page, context } = await site.open();
  const said = [];
  context.on('console', (message) => said.push(message.text(), message.location().url));
  context.on('weberror', (event) => said.push(String(event.error().stack)));
  context.on('request', (request) => said.push(request.url()));
  const shown = [];
  const look = async () => shown.push(await page.content(), page.url(), await everythingStored(page));

  await add(page, { name: 'Good', baseUrl: mock.baseUrl, place: 'memory' });
  await row(page, 'Good').waitFor();
  await look();
  await modelPanel(page, { question: 'Is the key safe?', models: ['steady', 'steady', 'steady'], rounds: 2 });
  await byId(page, 'run-button').click();
  await ended(page);
  await look();
  shown.push((await exported(page)).text, ...(await links(page)));

  // The server refuses the key and repeats it in its answer: in the test of a connection of every kind, and in a run.
  await go(page, '#/settings');
  await row(page, 'Good').getByRole('button', { name: /Remove/ }).click();
  for (const preset of ['anthropic', 'gemini', 'ollama', 'azure', 'openai-responses']) {
    await byId(page, 'connection-add').click();
    await byId(page, 'connection-preset').selectOption(preset);
    await byId(page, 'connection-base-url').fill(echoUrl());
    await byId(page, 'connection-key').fill(KEY);
    await byId(page, 'connection-model').fill('steady');
    const before = echo.asked.length;
    await byId(page, 'connection-test').click();
    await page.locator('[data-testid="connection-test-result"][data-status="error"]').waitFor();
    assert.ok(Object.values(echo.asked[before].headers).some((value) => value.includes(KEY)), `${preset} sends the key`);
    await look();
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
  await add(page, { name: 'Echo', baseUrl: echoUrl(), place: 'memory' });
  await row(page, 'Echo').waitFor();
  await go(page, '#/');
  await byId(page, 'panel-models').check({ force: true });
  for (let more = 0; more < 2; more += 1) await byId(page, 'add-agent').click();
  await modelPanel(page, { question: 'Does it echo?', models: ['steady', 'busy', 'gateway', 'spoken', 'steady'], rounds: 1 });
  await byId(page, 'run-button').click();
  await page.getByTestId('retry-now').first().waitFor();
  await look();
  assert.equal(await ended(page), 'failed');
  await look();
  const { text, run } = await exported(page);
  assert.equal(run.events.at(-1).event.totals.failures, 5);
  assert.ok(run.timings.entries.some(({ retries = [] }) => retries.length > 0), 'a retry is told of');
  shown.push(text, await saved(page, 'export-csv'), await saved(page, 'export-memo'));
  for (const type of ['call', 'failed']) {
    const rows = page.locator(`[data-testid="event-row"][data-type="${type}"] summary`);
    for (const event of await rows.all()) await event.click();
  }
  await look();
  const ofFailures = await links(page);
  shown.push(...ofFailures);
  await go(page, '#/settings');
  shown.push(await saved(page, 'settings-export'));
  await page.reload();
  await ready(page);
  await look();
  await go(page, '#/runs');
  await byId(page, 'run-row').first().waitFor();
  await look();
  // A link is packed: what is inside shows when it is opened.
  for (const link of ofFailures) {
    await page.goto(link);
    await byId(page, 'verify-button').waitFor();
    await page.locator('details.shared-events > summary').click();
    await byId(page, 'event-row').first().waitFor();
    await look();
  }
  const everything = shown.join('\n');
  for (const [what, words] of [['a run', 'Does it echo?'], ['a failure', 'Key refused'], ['a request', '/chat/completions']]) {
    assert.ok(everything.includes(words), `the search would find ${what}`);
  }
  const forms = [KEY, encodeURIComponent(`Bearer ${KEY}`), Buffer.from(KEY).toString('base64').slice(0, -2), [...KEY].reverse().join('')];
  for (const part of [...shown, ...said]) {
    for (const form of forms) {
      const at = part.indexOf(form);
      assert.ok(at < 0, `the key stands in: ${part.slice(Math.max(0, at - 200)).slice(0, 300)}`);
    }
  }
  await context.close();
});

test('the policy allows no inline script or style, and the browser enforces it', async () => {
  const { page, context } = await site.open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  assert.ok(!/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/.test(policy), policy);
  assert.match(policy, /default-src 'none'/);
  const ran = await page.evaluate(() => new Promise((done) => {
    const violated = new Promise((seen) => document.addEventListener('securitypolicyviolation', (event) => seen(event.violatedDirective), { once: true }));
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.body.append(script);
    violated.then((directive) => done({ directive, ran: globalThis.inlineRan === true }));
  }));
  assert.match(ran.directive, /script-src/);
  assert.equal(ran.ran, false);
  await context.close();
});
