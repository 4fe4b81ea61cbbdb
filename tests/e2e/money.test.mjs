// Money, tokens, calls and time: what a run may use is said before it starts, a price that nobody knows is said and
// never 0, prices are set and fetched, and each limit ends a run in good order with its reason.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, ready, startSite } from './browser.mjs';
import { says, startServer } from './server.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

const belief = (p) => ({ beliefs: [p, 1 - p], headline: 'A reason', reasoning: 'Because of this.' });
const LIST = 'https://openrouter.ai/api/v1/models';
const KEY = 'sk-test-of-money-0123456789';
// What the server counts for each answer.
const [READ, WRITTEN] = [400, 60];

let site, server;
before(async () => {
  site = await startSite();
  server = await startServer(({ body: { model }, nth }) => {
    if (model === 'hangs') return undefined;
    // It changes its mind in every round, so that the market never settles.
    return says(belief(model === 'fickle' ? [0.9, 0.1][nth % 2] : 0.75));
  });
});
after(async () => {
  await site.close();
  await server.stop();
});

const go = (page, route) => page.evaluate((hash) => { location.hash = hash; }, route);
const line = (page, model) => byId(page, 'price-line').filter({ hasText: model });

/** Sets a price in an editor, as a person would. */
async function price(place, read, written) {
  await place.getByTestId('token-price-read').fill(read);
  await place.getByTestId('token-price-written').fill(written);
  await place.getByTestId('token-price-set').click();
}

test('before the run: calls, tokens and money as ranges, and no 0 where no price is known', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: server.baseUrl, model: 'steady' });
  await modelPanel(page, { question: 'What will it cost?', models: ['steady', 'steady', 'fickle'], rounds: 2 });
  const estimate = byId(page, 'estimate');
  const unknown = await estimate.textContent();
  assert.match(unknown, /3 agents, at most 2 rounds: 3 to 12 calls, [\d,]+ to [\d,]+ tokens, no price known for steady, fickle\./);
  assert.ok(!unknown.includes('$'), unknown);
  // Nothing says that a limit cannot hold before there is one.
  assert.equal(await byId(page, 'money-notice').count(), 0);
  await byId(page, 'max-cost-input').fill('0.5');
  const notice = byId(page, 'money-notice');
  await notice.getByText(/cannot be enforced for steady, fickle: no price is known/).waitFor();
  assert.deepEqual(await axe(page), []);
  const editors = notice.getByTestId('price-editor');
  await price(editors.nth(0), 'much', '1');
  await notice.getByText(/A price is a number/).waitFor();
  await price(editors.nth(0), '1', '2,5');
  await notice.getByText('steady, fickle').waitFor({ state: 'detached' });
  assert.match(await estimate.textContent(), /\$[\d.]+ to \$[\d.]+ and what fickle costs: no price known/);
  await price(editors.nth(0), '3', '15');
  await notice.waitFor({ state: 'detached' });
  const [, calls, low, high] = (await estimate.textContent()).match(/3 to (\d+) calls, .* \$([\d.]+) to \$([\d.]+)\./);
  assert.equal(calls, '12');
  assert.ok(Number(low) > 0 && Number(low) < Number(high) && Number(high) <= 0.5, `$${low} to $${high}`);

  // What the estimate promised holds, and the price that counted is in the run.
  await byId(page, 'run-button').click();
  await ended(page);
  const { run } = await exported(page);
  const prices = run.spec.agents.map(({ kind }) => kind.price);
  assert.deepEqual(prices[0], { input_micro_usd: 1_000_000, output_micro_usd: 2_500_000 });
  const used = run.events.filter(({ event }) => event.type === 'call');
  const cost = used.reduce((sum, { event }) => {
    const { input_micro_usd: read, output_micro_usd: written } = prices[event.agent];
    return sum + (READ * read + WRITTEN * written) / 1e12;
  }, 0);
  assert.ok(cost >= Number(low) / 2 && cost <= Number(high), `$${cost}`);
  await go(page, '#/run');
  const said = Number((await byId(page, 'cost-total').textContent()).match(/\$([\d.]+)/)[1]);
  assert.ok(Math.abs(said - cost) < 0.0005, `$${said} is not $${cost}`);
  watch.noConsoleErrors();
});

test('prices are set, forgotten and fetched from a list that is looked at first', async () => {
  const { page, context, watch } = await site.open();
  const asked = [];
  let list = { status: 500, body: 'down' };
  await context.route(LIST, (route) => {
    asked.push(route.request());
    return route.fulfill({ ...list, headers: { 'access-control-allow-origin': '*' } });
  });
  await connect(page, { preset: 'openrouter', baseUrl: 'https://openrouter.ai/api/v1', model: 'vendor/new-model', key: KEY });
  await connect(page, { baseUrl: server.baseUrl, model: 'steady' });
  await go(page, '#/settings');
  assert.match(await byId(page, 'prices').textContent(), /shipped.*\d{4}-\d\d-\d\d|\d{4}-\d\d-\d\d/);
  for (const model of ['vendor/new-model', 'steady']) await line(page, model).getByText('no price known').waitFor();
  await price(line(page, 'steady'), '0.15', '0.6');
  await line(page, 'steady').getByText('your price').waitFor();

  // A list that does not come, or is none, changes nothing and says why.
  const refresh = byId(page, 'prices-refresh');
  for (const [given, words] of [
    [list, /could not be fetched: .*500/],
    [{ status: 200, body: '<html>' }, /could not be fetched: .*no list of models/],
    [{ status: 200, body: '{"data":[]}' }, /could not be fetched: .*no model with a price/],
  ]) {
    list = given;
    await refresh.click();
    await byId(page, 'prices').getByText(words).waitFor();
  }
  list = {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({ data: [
      { id: 'vendor/new-model', pricing: { prompt: '0.000002', completion: '0.000008' } },
      { id: 'openai/gpt-4o-mini', pricing: { prompt: '0.0000002', completion: '0.0000006' } },
      { id: 'openai/gpt-4o', pricing: { prompt: '0.0000025', completion: '0.00001' } },
      { id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } },
    ] }),
  };
  await refresh.click();
  const preview = byId(page, 'prices-preview');
  await preview.getByText('1 changed price, 1 new one and 1 other that stay as they are.').waitFor();
  await preview.getByText('openai/gpt-4o-mini: $0.15 read, $0.6 written → $0.2 read, $0.6 written').waitFor();
  assert.deepEqual(await axe(page), []);
  await line(page, 'vendor/new-model').getByText('no price known').waitFor();
  await page.getByRole('button', { name: 'Keep what there is' }).click();
  await preview.waitFor({ state: 'detached' });
  await line(page, 'vendor/new-model').getByText('no price known').waitFor();
  await refresh.click();
  await byId(page, 'prices-apply').click();
  await line(page, 'vendor/new-model').getByText(/OpenRouter.s list, \d{4}-\d\d-\d\d/).waitFor();
  assert.equal(await line(page, 'vendor/new-model').getByTestId('token-price-read').inputValue(), '2');
  await line(page, 'steady').getByText('your price').waitFor();
  // The list is public: neither key nor cookie goes with the question.
  for (const request of asked) {
    const headers = await request.allHeaders();
    assert.ok(!('authorization' in headers) && !('cookie' in headers) && !('referer' in headers), JSON.stringify(headers));
  }
  await page.reload();
  await ready(page);
  await line(page, 'vendor/new-model').getByText(/OpenRouter.s list/).waitFor();
  await line(page, 'steady').getByRole('button', { name: 'Forget my price' }).click();
  await line(page, 'steady').getByText('no price known').waitFor();
  watch.noConsoleErrors({ except: [/status of 500/] });
  watch.onlyHosts(['https://openrouter.ai']);
});

// Each limit with what the page says when it is reached; all of them leave room for a first round at most in part.
const LIMITS = [
  { name: 'calls', field: 'max-calls-input', value: '4', words: /the limit of calls was reached/, kind: 'call_limit' },
  { name: 'tokens', field: 'max-tokens-input', value: '6000', words: /the limit of tokens was reached/, kind: 'token_limit' },
  { name: 'money', field: 'max-cost-input', value: '0.012', words: /the limit of money was reached/, kind: 'cost_limit' },
  { name: 'time', field: 'max-seconds-input', value: '2', words: /the limit of time was reached/, kind: 'time_limit', hangs: true },
];

test('each hard limit ends a run in good order and says so', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: server.baseUrl, model: 'fickle', atOnce: 4 });
  await go(page, '#/settings');
  await price(line(page, 'fickle'), '1', '5');
  await line(page, 'fickle').getByText('your price').waitFor();
  for (const { name, field, value, words, kind, hangs } of LIMITS) {
    const models = ['fickle', 'fickle', hangs ? 'hangs' : 'fickle'];
    await modelPanel(page, { question: `Does the limit of ${name} hold?`, models, rounds: 8 });
    for (const { field: other } of LIMITS) await byId(page, other).fill(other === field ? value : '');
    const before = server.asked.length;
    await byId(page, 'run-button').click();
    assert.equal(await ended(page), 'stopped', name);
    assert.match(await page.locator('.run-facts').first().textContent(), words, name);
    const { run } = await exported(page);
    const failed = run.events.filter(({ event }) => event.type === 'failed').map(({ event }) => event.failure);
    assert.ok(failed.length > 0 && failed.every((failure) => failure.kind === kind), `${name}: ${JSON.stringify(failed)}`);
    assert.ok(failed.every(({ message }) => /limit of .* and run again/.test(message)), `${name}: ${failed[0].message}`);
    const { reason, status, totals } = run.events.at(-1).event;
    assert.equal(status, 'stopped', `${name}: ${reason}`);
    // Nothing was asked beyond it, and nothing is asked any more.
    const calls = server.asked.length - before;
    const tokens = calls * (READ + WRITTEN);
    const dollars = calls * (READ + 5 * WRITTEN) / 1e6;
    assert.ok({ calls: calls <= 4, tokens: tokens <= 6_000, money: dollars <= 0.012, time: calls <= 3 }[name], `${name}: ${calls} calls`);
    assert.ok(totals.calls <= calls && calls > 0, `${name}: ${totals.calls} of ${calls}`);
    assert.equal(await verified(page), 'verified', name);
    await go(page, '#/run');
    await page.getByTestId('agent-failure').first().getByText(new RegExp(`Limit of ${name} reached`)).waitFor();
    await byId(page, 'fork-button').waitFor();
    assert.equal(server.asked.length - before, calls, name);
  }
  watch.noConsoleErrors();
});
