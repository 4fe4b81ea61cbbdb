// How models are asked, from the page: for a label, the question both ways round, edited prompts; and
// what hostile texts in every place can do to the page, which is nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { always, answer, httpError, startAimock } from './aimock.mjs';
import { byId, startSite } from './browser.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

const HTML = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b class="bold-injection">b</b>';
const belief = (p, headline = 'A reason') => ({ beliefs: [p, 1 - p], headline, reasoning: 'Because of this.' });

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'steady' }, answer(belief(0.75))),
    ...always({ model: HTML }, answer(belief(0.6, HTML))),
    ...always({ model: 'broken' }, httpError(400, HTML)),
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

/** Opens what is about asking, for a panel that is ready to run. */
async function asking(page, options) {
  await connect(page, { baseUrl: mock.baseUrl, model: options.models[0] });
  await modelPanel(page, options);
  await byId(page, 'asking-details').locator('> summary').click();
}

const calls = ({ events }) => events.filter(({ event }) => event.type === 'call').map(({ event }) => event);

test('a label answers with its probability, and the whole run opens from its link', async () => {
  const { page, context, watch } = await site.open();
  let asked = 0;
  await page.route('**/v1/chat/completions', async (route) => {
    const { logprobs, top_logprobs, max_tokens } = route.request().postDataJSON();
    assert.deepEqual({ logprobs, top_logprobs, max_tokens }, { logprobs: true, top_logprobs: 20, max_tokens: 4 });
    asked += 1;
    const token = (token, p) => ({ token, logprob: Math.log(p) });
    const top = [token('Yes', 0.6), token(' yes', 0.15), token('No', 0.25)];
    const choice = { index: 0, message: { content: 'Yes' }, finish_reason: 'stop', logprobs: { content: [{ ...top[0], top_logprobs: top }] } };
    await route.fulfill({ json: { choices: [choice], usage: { prompt_tokens: 90, completion_tokens: 1 } }, headers: { 'access-control-allow-origin': '*' } });
  });
  await asking(page, { question: 'Will it hold?', models: ['steady', 'steady', 'steady'] });
  await byId(page, 'elicitation').selectOption({ index: 1 });
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(asked, 3);
  assert.equal(await verified(page), 'verified');
  const { run } = await exported(page);
  for (const call of calls(run)) assert.deepEqual([call.purpose, call.first_token.length], ['label', 3]);
  const beliefs = run.events.filter(({ event }) => event.type === 'forecast').map(({ event }) => event.forecast.beliefs);
  assert.deepEqual(beliefs, [[0.75, 0.25], [0.75, 0.25], [0.75, 0.25]]);
  await page.locator('[data-testid="event-row"][data-type="call"]').first().click();
  await page.getByText('What the answer might have begun with').waitFor();
  await byId(page, 'share-button').click();
  const link = await byId(page, 'share-link').inputValue();
  const other = await context.newPage();
  await other.goto(link);
  await byId(other, 'verify-button').click();
  await byId(other, 'verify-result').waitFor();
  assert.equal(await byId(other, 'verify-result').getAttribute('data-status'), 'verified');
  watch.noConsoleErrors();
});

test('a server without log-probabilities is asked for stated ones, both ways round, and contradictions are flagged', async () => {
  const { page, watch } = await site.open();
  await asking(page, { question: 'Will it hold?', models: ['steady'] });
  // The first agent alone.
  for (const place of [2, 1]) await byId(page, `remove-agent-${place}`).click();
  await byId(page, 'elicitation').selectOption({ index: 1 });
  await byId(page, 'reversed-input').fill('Will it break?');
  await byId(page, 'run-button').click();
  await ended(page);
  await byId(page, 'agent-incoherent').waitFor();
  const { run } = await exported(page);
  assert.deepEqual(calls(run).map(({ purpose }) => purpose), ['label', 'forecast', 'reversed']);
  assert.ok(JSON.stringify(calls(run)[2].prompt).includes('Will it break?'));
  const { forecast } = run.events.find(({ event }) => event.type === 'forecast').event;
  assert.deepEqual([forecast.beliefs, forecast.incoherence], [[0.5, 0.5], 0.5]);
  await page.locator('[data-testid="event-row"][data-type="forecast"]').first().click();
  await page.getByText('it contradicts itself').waitFor();
  assert.equal(await verified(page), 'verified');
  watch.noConsoleErrors();
});

test('prompts are edited, checked and previewed before anything is sent', async () => {
  const { page } = await site.open();
  await asking(page, { question: 'Will it hold?', models: ['steady', 'steady', 'steady'] });
  const before = mock.journal().length;
  await byId(page, 'prompt-firstround').fill('Answer without looking.');
  await page.getByText('it lacks {question}').waitFor();
  await byId(page, 'run-button').click();
  await byId(page, 'error-banner').waitFor();
  assert.equal(mock.journal().length, before, 'nothing was sent');
  await byId(page, 'prompt-firstround').fill('Consider {question} and answer in JSON.');
  await byId(page, 'prompt-preview').locator('summary').click();
  await byId(page, 'prompt-preview').getByText('Consider').waitFor();
  await byId(page, 'run-button').click();
  await ended(page);
  const { run } = await exported(page);
  assert.match(calls(run)[0].prompt[1].content, /^Consider \nDATA-/);
});

test('each mode shows the prompts that it uses, and says where a belief is asked for in one way only', async () => {
  const { page, watch } = await site.open();
  await asking(page, { question: 'Will it hold?', models: ['steady', 'steady', 'steady'] });
  const shown = () => page.locator('[data-testid^="prompt-"]:is(textarea)').evaluateAll((all) => all.map((one) => one.dataset.testid));
  assert.deepEqual(await shown(), ['prompt-rules', 'prompt-firstround', 'prompt-laterrounds']);
  await byId(page, 'reversed-input').fill('Will it break?');
  await byId(page, 'mode-maker-trader').check({ force: true });
  await byId(page, 'prompt-maker').waitFor();
  assert.deepEqual(await shown(), ['prompt-maker', 'prompt-trader', 'prompt-turn']);
  assert.ok(await byId(page, 'elicitation').isDisabled() && await byId(page, 'reversed-input').isDisabled());
  const fixed = byId(page, 'asking-details').getByTestId('asking-fixed');
  await fixed.getByText('Not in this mode: the maker').waitFor();

  await byId(page, 'mode-self-resolving').check({ force: true });
  await fixed.waitFor({ state: 'detached' });
  assert.deepEqual(await shown(), ['prompt-reporter', 'prompt-turn']);
  await byId(page, 'prompt-turn').fill('Consider {question} without the others.');
  await page.getByText('it lacks {said}').waitFor();
  await byId(page, 'prompt-turn').fill('Consider {question}, then {said}, then {task}');
  await byId(page, 'prompt-preview').locator('summary').click();
  await byId(page, 'prompt-preview').getByText('Consider').waitFor();
  await byId(page, 'run-button').click();
  await ended(page);
  // The mock says the same to both questions: every report contradicts itself.
  const statements = await byId(page, 'statement-row').count();
  assert.ok(statements > 0);
  assert.equal(await byId(page, 'statement-incoherent').count(), statements);
  const { run } = await exported(page);
  assert.match(calls(run)[0].prompt[1].content, /^Consider \nDATA-/);
  assert.deepEqual([calls(run)[0].purpose, calls(run)[1].purpose], ['forecast', 'reversed']);
  assert.deepEqual(Object.keys(run.spec.prompts.turns), ['turn']);
  assert.equal(await verified(page), 'verified');
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  const other = await site.open();
  await other.page.goto(await byId(page, 'share-link').inputValue());
  await byId(other.page, 'verify-button').click();
  await other.page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  watch.noConsoleErrors();
});

test('hostile texts in every place stay texts', async () => {
  const { page, watch } = await site.open();
  await asking(page, { question: `Will it hold? ${HTML}`, models: [HTML, 'broken', 'steady'] });
  await byId(page, 'outcome-input-0').fill(HTML);
  await byId(page, 'agent-name-0').fill(HTML);
  await page.locator('details:has([data-testid="background-input"]) > summary').click();
  await byId(page, 'background-input').fill(HTML);
  await byId(page, 'criterion-input').fill(HTML);
  await byId(page, 'run-button').click();
  await ended(page);
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  for (const type of ['call', 'forecast', 'failed']) {
    await page.locator(`[data-testid="event-row"][data-type="${type}"]`).first().click();
  }
  await page.getByText('bold-injection').first().waitFor();
  const injected = () => page.evaluate(() => [window.hacked, document.querySelectorAll('.bold-injection, img').length]);
  assert.deepEqual(await injected(), [undefined, 0]);
  await page.evaluate(() => { location.hash = '#/run'; });
  await byId(page, 'agent-row').first().waitFor();
  assert.deepEqual(await injected(), [undefined, 0]);
  watch.noConsoleErrors({ except: [/status of 400/] });
});
