// Model servers of every kind: each protocol from the page to a finished, verified run; presets that fill the form and
// remain editable; connections saved before there were kinds; signing in at OpenRouter; and what a test of a connection
// tells apart when a browser says no more than “failed to fetch”.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { always, answer, httpError, startAimock } from './aimock.mjs';
import { axe, byId, ready, startSite } from './browser.mjs';
import { ended, exported, modelPanel, verified } from './steps.mjs';

const belief = (p) => ({
  beliefs: [p, 1 - p], headline: 'A reason', reasoning: 'Because of this.', evidence: ['a fact'], predicted_mean_of_others: 0.5,
});
const KEY = 'sk-test-only-for-this-file';

let site;
let mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'steady' }, answer(belief(0.75))),
    ...always({ model: 'other' }, answer(belief(0.25))),
    ...always({ model: 'keyless' }, httpError(401, 'Incorrect API key provided', { code: 'invalid_api_key' })),
    ...always({ model: 'broke' }, httpError(429, 'You exceeded your current quota', { code: 'insufficient_quota' })),
    ...always({ model: 'closed' }, httpError(401, 'CORS requests are not allowed for this Organization', { type: 'authentication_error' })),
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

/** Opens the form for a new connection and fills it: by its preset, then field by field. */
async function fill(page, { preset, baseUrl, key, model, protocol }) {
  await page.evaluate(() => { location.hash = '#/settings'; });
  await byId(page, 'connection-add').click();
  if (preset) await byId(page, 'connection-preset').selectOption(preset);
  if (baseUrl !== undefined) await byId(page, 'connection-base-url').fill(baseUrl);
  if (key !== undefined) await byId(page, 'connection-key').fill(key);
  if (model !== undefined) await byId(page, 'connection-model').fill(model);
  if (protocol !== undefined) {
    await page.locator('details:has([data-testid="connection-protocol"]) > summary').click();
    await byId(page, 'connection-protocol').selectOption({ label: protocol });
  }
}

/** Presses Test, waits for the result and gives its cause and its words. */
async function tested(page) {
  await byId(page, 'connection-test').click();
  await page.locator('[data-testid="connection-test"]:not([disabled])').waitFor();
  const result = byId(page, 'connection-test-result');
  await result.waitFor();
  return { cause: await result.getAttribute('data-cause'), words: await result.textContent() };
}

const PROTOCOLS = [
  { preset: 'openai', path: '/v1', asked: '/v1/chat/completions', header: 'authorization' },
  { preset: 'openai-responses', path: '/v1', asked: '/v1/responses', header: 'authorization' },
  { preset: 'anthropic', path: '/v1', asked: '/v1/messages', header: 'x-api-key' },
  { preset: 'gemini', path: '/v1beta', asked: '/v1beta/models/steady:streamGenerateContent', header: 'x-goog-api-key' },
  { preset: 'ollama', path: '', asked: '/api/chat', header: 'authorization' },
  { preset: 'azure', path: '', asked: '/openai/deployments/steady/chat/completions', header: 'api-key' },
];

for (const { preset, path, asked, header } of PROTOCOLS) {
  test(`${preset}: from its preset to a finished, verified run`, async () => {
    const { page, watch } = await site.open();
    await fill(page, { preset, baseUrl: mock.origin + path, key: KEY, model: 'steady' });
    // The mock lists its models under two of these paths only: the call is what counts.
    assert.equal((await tested(page)).cause, 'works');
    await byId(page, 'connection-save').click();
    await byId(page, 'connection-add').waitFor();
    const before = mock.journal().length;
    await modelPanel(page, { question: 'Will it hold?', models: ['steady', 'steady', 'other'], rounds: 2 });
    await byId(page, 'run-button').click();
    await ended(page);
    const calls = mock.journal().slice(before);
    assert.ok(calls.length >= 3 && calls.every(({ status }) => status === 200), JSON.stringify(calls.map((call) => call.status)));
    const first = calls.find((call) => call.path.includes('steady') || call.body.model === 'steady');
    assert.ok(first.path.startsWith(asked), first.path);
    assert.ok(header in first.headers, `${header} of ${Object.keys(first.headers)}`);
    const others = ['authorization', 'x-api-key', 'x-goog-api-key', 'api-key'].filter((name) => name !== header);
    assert.deepEqual(others.filter((name) => name in first.headers), [], 'the key goes in one header');
    assert.equal(await byId(page, 'agent-failure').count(), 0);
    assert.equal(await verified(page), 'verified');
    const { text } = await exported(page);
    assert.ok(!text.includes(KEY) && !text.includes(mock.origin));
    watch.noConsoleErrors({ except: [/status of 404/] });
    watch.onlyHosts([mock.origin]);
  });
}

test('a preset fills the form, every field stays editable, and what is saved keeps its protocol', async () => {
  const { page, watch } = await site.open('#/settings', { viewport: { width: 390, height: 844 } });
  await fill(page, {});
  assert.equal(await byId(page, 'connection-preset').inputValue(), 'compatible');
  await byId(page, 'connection-preset').selectOption('anthropic');
  assert.equal(await byId(page, 'connection-base-url').inputValue(), 'https://api.anthropic.com/v1');
  assert.ok((await byId(page, 'connection-model').inputValue()).startsWith('claude'));
  assert.match(await byId(page, 'connection-calls-go-to').textContent(), /\/v1\/messages$/);
  await byId(page, 'connection-preset').selectOption('gemini');
  assert.ok((await byId(page, 'connection-model').inputValue()).startsWith('gemini'), 'a suggestion gives way');
  await byId(page, 'connection-model').fill('mine');
  await byId(page, 'connection-preset').selectOption('mistral');
  assert.equal(await byId(page, 'connection-model').inputValue(), 'mine', 'what was typed stays');
  // Every kind says whether it works from a page.
  const kinds = await byId(page, 'connection-preset').locator('option').evaluateAll((all) => all.map((one) => one.value));
  assert.ok(kinds.length >= 21, kinds.join());
  for (const kind of kinds) {
    await byId(page, 'connection-preset').selectOption(kind);
    assert.ok((await byId(page, 'connection-note').textContent()).length > 20, kind);
  }
  await byId(page, 'connection-preset').selectOption('bedrock');
  await byId(page, 'connection-test').click();
  await page.locator('[data-testid="connection-test-result"][data-status="error"]').getByText('Cannot be called from a page').waitFor();
  assert.deepEqual(await axe(page), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, 'nothing is wider than the phone');
  // An expert's choice wins over the preset, and survives a reload.
  await byId(page, 'connection-preset').selectOption('llama-cpp');
  await byId(page, 'connection-model').fill('steady');
  await byId(page, 'connection-base-url').fill(`${mock.origin}/v1`);
  await page.locator('details:has([data-testid="connection-protocol"]) > summary').click();
  await byId(page, 'connection-protocol').selectOption({ label: 'Anthropic Messages' });
  await byId(page, 'connection-save').click();
  await page.reload();
  await ready(page);
  await page.getByRole('button', { name: /^Edit/ }).click();
  assert.equal(await byId(page, 'connection-preset').inputValue(), 'llama-cpp');
  assert.match(await byId(page, 'connection-calls-go-to').textContent(), /\/v1\/messages$/);
  assert.equal((await tested(page)).cause, 'works');
  watch.noConsoleErrors();
  watch.onlyHosts([mock.origin]);
});

test('connections that were saved before there were kinds go on working', async () => {
  const { page } = await site.open('#/settings');
  await page.evaluate((base) => localStorage.setItem('credence/connections', JSON.stringify({
    version: 1,
    connections: [
      { id: 3, name: 'Old', base_url: base, model: 'steady', price: null, at_once: 2, needs_key: false },
      { id: 4, name: 'Older', base_url: 'https://openrouter.ai/api/v1', model: 'x', price: null, at_once: 2, needs_key: true },
    ],
  })), mock.baseUrl);
  await page.reload();
  await ready(page);
  await page.getByRole('button', { name: 'Edit… Older' }).click();
  assert.equal(await byId(page, 'connection-preset').inputValue(), 'openrouter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Edit… Old', exact: true }).click();
  assert.equal(await byId(page, 'connection-preset').inputValue(), 'compatible');
  assert.equal((await tested(page)).cause, 'works');
  await byId(page, 'connection-save').click();
  const stored = await page.evaluate(() => JSON.parse(localStorage.getItem('credence/connections')));
  assert.equal(stored.version, 2);
  assert.deepEqual(stored.connections.map(({ provider, protocol }) => [provider, protocol]), [
    ['compatible', 'openai_chat'], ['openrouter', 'openai_chat'],
  ]);
});

/** OpenRouter's two pages, played by the test. `state.seen` is what it was asked. */
async function openRouter(context, state) {
  await context.route('https://openrouter.ai/auth?*', async (route) => {
    const asked = new URL(route.request().url()).searchParams;
    state.challenge = asked.get('code_challenge');
    state.method = asked.get('code_challenge_method');
    const home = new URL(asked.get('callback_url'));
    state.callback = home.href;
    for (const [name, value] of Object.entries(state.answer)) home.searchParams.set(name, value);
    await route.fulfill({ status: 302, headers: { location: home.href } });
  });
  await context.route('https://openrouter.ai/api/v1/auth/keys', async (route) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers: cors });
    state.exchange = route.request().postDataJSON();
    const proof = createHash('sha256').update(state.exchange.code_verifier).digest('base64url');
    const good = proof === state.challenge && state.exchange.code === state.answer.code && !state.refuse;
    return route.fulfill({ status: good ? 200 : 403, headers: cors, json: good ? { key: KEY } : { error: { message: `Invalid code ${state.exchange.code}`, code: 403 } } });
  });
}

test('signing in at OpenRouter brings a key without pasting, and leaves the code nowhere', async () => {
  const { page, context, watch } = await site.open('#/settings');
  const state = { answer: { code: 'one-time-code-123' } };
  await openRouter(context, state);
  await fill(page, { preset: 'openrouter', model: 'vendor/model' });
  await byId(page, 'openrouter-sign-in').click();
  await byId(page, 'settings-news').waitFor();
  await ready(page);
  assert.equal(state.method, 'S256');
  assert.equal(state.callback, site.url, 'the page itself, without query and fragment');
  assert.deepEqual(Object.keys(state.exchange).sort(), ['code', 'code_challenge_method', 'code_verifier']);
  assert.ok(state.exchange.code_verifier.length >= 43);
  assert.equal(page.url(), `${site.url}#/settings`);
  await page.getByText('Key in memory').waitFor();
  await page.getByText('vendor/model').first().waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  for (const secret of [KEY, state.answer.code, state.exchange.code_verifier]) {
    assert.ok(!kept.includes(secret) && !(await page.content()).includes(secret));
  }
  // Neither Back nor a reload finds the code again.
  await page.evaluate(() => { location.hash = '#/'; });
  await page.goBack();
  assert.ok(!page.url().includes('code='));
  await page.reload();
  await ready(page);
  assert.ok(!page.url().includes('code='));
  await page.getByText('Key needed again').waitFor();
  watch.noConsoleErrors();
});

test('a sign-in that fails says what happened', async () => {
  for (const { answer: given, refuse, words } of [
    { answer: { error: 'access_denied', error_description: 'You said no' }, words: /You said no/ },
    { answer: { code: 'used-code-456' }, refuse: true, words: /403/ },
  ]) {
    const { page, context } = await site.open('#/settings');
    await openRouter(context, { answer: given, refuse });
    await fill(page, { preset: 'openrouter' });
    await byId(page, 'openrouter-sign-in').click();
    await byId(page, 'error-banner').waitFor();
    const said = await byId(page, 'error-banner').textContent();
    assert.match(said, words);
    assert.match(said, /Sign in again/);
    assert.ok(!said.includes('used-code-456'), 'the code is not repeated');
    assert.ok(!page.url().includes('?'), page.url());
    await context.close();
  }
  // A code that this tab did not ask for is thrown away unused.
  const { page, watch } = await site.open('?code=planted#/settings');
  await byId(page, 'error-banner').getByText('had not begun').waitFor();
  assert.ok(!page.url().includes('planted'));
  watch.onlyHosts();
  // Coming back without an answer is told, too.
  const left = await site.open('#/settings');
  await left.context.route('https://openrouter.ai/auth?*', (route) => route.fulfill({ contentType: 'text/html', body: 'Log in' }));
  await fill(left.page, { preset: 'openrouter' });
  await byId(left.page, 'openrouter-sign-in').click();
  await left.page.waitForURL('https://openrouter.ai/auth?*');
  await left.page.goto(`${site.url}#/settings`);
  await byId(left.page, 'error-banner').getByText('not finished').waitFor();
});

/** A server that gives one answer to everything, with these headers. */
async function startOther(status, headers) {
  const server = createServer((request, response) => {
    response.writeHead(request.method === 'OPTIONS' ? 204 : status, headers).end('{}');
  });
  await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
  return { baseUrl: `http://127.0.0.1:${server.address().port}/v1`, stop: () => server.close() };
}

test('a test of a connection tells causes apart, with the way to mend each', async () => {
  const { page, context } = await site.open('#/settings');
  await fill(page, { baseUrl: mock.baseUrl, key: KEY, model: 'steady' });
  const check = async (cause, words, fields) => {
    if (fields.preset) await byId(page, 'connection-preset').selectOption(fields.preset);
    if (fields.baseUrl !== undefined) await byId(page, 'connection-base-url').fill(fields.baseUrl);
    if (fields.key !== undefined) await byId(page, 'connection-key').fill(fields.key);
    if (fields.model !== undefined) await byId(page, 'connection-model').fill(fields.model);
    const found = await tested(page);
    assert.equal(found.cause, cause, found.words);
    assert.match(found.words, words);
  };
  await check('works', /It works/, {});
  await check('unknown-model', /knows no model “nobody”.*below/, { model: 'nobody' });
  await check('wrong-key', /does not accept the key/, { model: 'keyless' });
  await check('no-key', /wants a key/, { key: '' });
  await check('quota', /credit or quota/, { model: 'broke', key: KEY });
  await check('not-admitted', /organisation/, { model: 'closed' });
  await check('not-admitted', /OpenRouter/, { preset: 'anthropic', baseUrl: mock.baseUrl });
  const elsewhere = await startOther(404, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' });
  await check('wrong-address', /404/, { preset: 'compatible', baseUrl: elsewhere.baseUrl, model: 'steady' });
  const refusing = await startOther(403, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' });
  await check('forbidden', /OLLAMA_ORIGINS/, { preset: 'ollama', baseUrl: refusing.baseUrl });
  await check('down', /ollama serve.*11434/, { preset: 'ollama', baseUrl: 'http://127.0.0.1:65123' });
  const closed = await startOther(200, {});
  const origin = new URL(site.url).origin;
  await check('no-cors', new RegExp(`OLLAMA_ORIGINS=${origin} `), { baseUrl: closed.baseUrl });
  await check('no-cors', /lms server start --cors/, { preset: 'lm-studio', baseUrl: closed.baseUrl });
  await check('no-cors', /Access-Control-Allow-Origin/, { preset: 'compatible', baseUrl: closed.baseUrl });
  // OpenAI answers a wrong key without the header that would let the page read it.
  await context.route('https://api.openai.com/**', (route) => {
    const readable = route.request().method() === 'GET' && !route.request().headers().authorization;
    return readable ? route.fulfill({ status: 200, body: '' }) : route.abort('failed');
  });
  await check('perhaps-wrong-key', /hides its answer.*platform\.openai\.com/, { preset: 'openai', key: KEY, model: 'steady' });
  await context.setOffline(true);
  await check('offline', /offline/, { preset: 'gemini' });
  await context.setOffline(false);
  for (const server of [elsewhere, refusing, closed]) server.stop();
});

test('a policy of the host and a page over https are told from a server that is down', async () => {
  const { page, context } = await site.open('#/settings');
  await context.route(`${site.url}**`, async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "connect-src 'self'" } });
  });
  await page.reload();
  await ready(page);
  await fill(page, { baseUrl: mock.baseUrl, model: 'steady' });
  assert.equal((await tested(page)).cause, 'policy');
  // The same site over https, served by the test.
  await context.unrouteAll();
  await context.route('https://credence.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await route.fetch({ url: site.url + pathname.slice(1) });
    return route.fulfill({ response });
  });
  await page.goto('https://credence.test/#/settings');
  await ready(page);
  await fill(page, { baseUrl: 'http://model.example/v1', model: 'steady' });
  const mixed = await tested(page);
  assert.equal(mixed.cause, 'mixed-content', mixed.words);
  assert.match(mixed.words, /https/);
});
