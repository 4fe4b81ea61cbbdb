// Decide: from an example to a ranking, a memo and runs that verify; models with reasons, a clear and a close case; an
// option that fails; a reload in the middle; nothing that was typed is lost; keyboard, phone, dark.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { always, answer, httpError, slowAnswer, startAimock } from './aimock.mjs';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { connect, verified } from './steps.mjs';

/** What the scripted models believe of each option, told by the words of its question. */
const BELIEFS = { 'the ferry': 0.85, 'the train': 0.3, 'the bus': 0.8 };

let site, mock;
before(async () => {
  site = await startSite();
  const about = (option) => new RegExp(`If we choose “${option}”`);
  const said = (option, belief) => ({
    beliefs: [belief, 1 - belief], headline: `Because of what ${option} costs`, reasoning: 'A reason.',
  });
  const fixtures = Object.entries(BELIEFS).flatMap(([option, belief]) => [
    ...always({ userMessage: about(option), model: 'wavering' }, answer(said(option, 0.55 + 0.1 * belief))),
    ...always({ userMessage: about(option), model: 'slow' }, slowAnswer(60, said(option, belief))),
    ...always({ userMessage: about(option) }, answer(said(option, belief))),
  ]);
  mock = await startAimock([
    ...fixtures,
    ...always({ userMessage: about('a dead end') }, httpError(400, 'This model cannot answer')),
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

const hash = (page, to) => page.evaluate((there) => { location.hash = there; }, to);
const over = (page) => page.locator('[data-testid="decide-result"][data-stage="over"]').waitFor({ timeout: 60_000 });
const verdict = (page) => byId(page, 'decide-verdict').getAttribute('data-verdict');
const standings = (page) =>
  byId(page, 'decide-standing').evaluateAll((rows) =>
    rows.map(({ dataset: { option, value, spread } }) => ({ option: Number(option), value: Number(value), spread: Number(spread) })));

async function memoOf(page) {
  const [file] = await Promise.all([page.waitForEvent('download'), byId(page, 'decide-memo').click()]);
  assert.match(file.suggestedFilename(), /\.md$/);
  return readFile(await file.path(), 'utf8');
}

async function typed(page, { goal, options, background }) {
  await byId(page, 'decide-goal').fill(goal);
  for (const [place, text] of options.entries()) {
    if (place > 1) await byId(page, 'decide-add-option').click();
    await byId(page, `decide-option-${place}`).fill(text);
  }
  if (background !== undefined) await byId(page, 'decide-background').fill(background);
}

/** A page whose panel is made of models, on Decide. */
async function withModels(models, options) {
  const opened = await site.open('', options);
  const { page } = opened;
  await connect(page, { baseUrl: mock.baseUrl, model: models[0] });
  await hash(page, '#/');
  await byId(page, 'panel-models').check({ force: true });
  for (const [place, model] of models.entries()) await byId(page, `agent-model-${place}`).fill(model);
  await hash(page, '#/decide');
  await byId(page, 'decide-goal').waitFor();
  return opened;
}

test('an example by keyboard, on a phone in the dark: a ranking, its doubt, a memo, and runs that verify', async () => {
  const { page, watch } = await site.open('#/decide', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await byId(page, 'decide-example-1').focus();
  await page.keyboard.press('Enter');
  await byId(page, 'decide-run').focus();
  await page.keyboard.press('Enter');
  await over(page);
  const ranked = await standings(page);
  assert.equal(ranked.length, 4);
  assert.deepEqual(ranked.map(({ value }) => value), ranked.map(({ value }) => value).sort((a, b) => b - a));
  // The verdict is what the documented formula says.
  const [first, ...rest] = ranked;
  const close = rest.some((one) => first.value - one.value <= Math.hypot(first.spread, one.spread));
  assert.equal(await verdict(page), close ? 'close' : 'clear');
  assert.match(await byId(page, 'decide-demonstration').innerText(), /know nothing about the world/);
  await byId(page, 'decide-limits').getByText('lottery').waitFor();
  assert.deepEqual(await axe(page), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await screenshot(page, 'decide-phone');
  const memo = await memoOf(page);
  for (const part of ['# Decision: ', 'A demonstration, not advice', '| Option |', '## Why', '## What would change it',
    '## Who sees it differently', '## What these figures are not', 'advice only', '## How it was made', '/#/r/1.']) {
    assert.ok(memo.includes(part), part);
  }
  // A link of the memo opens the same run elsewhere.
  const [, link, digest] = /\]\((http[^)]*)\), head digest `([0-9a-f]{64})`/.exec(memo);
  const other = await site.open(link.slice(link.indexOf('#')));
  assert.equal(await byId(other.page, 'head-digest').textContent(), digest);
  await other.context.close();
  // Every option's run is an ordinary run of this device.
  for (const { option, value } of ranked) {
    await hash(page, '#/decide');
    await byId(page, `decide-open-${option}`).click();
    await byId(page, 'summary').waitFor();
    assert.equal(Number(await byId(page, 'price-0').getAttribute('data-value')), value);
    assert.equal(await verified(page), 'verified');
    assert.ok(memo.includes(await byId(page, 'head-digest').textContent()));
  }
  // The same decision gives the same figures.
  await hash(page, '#/decide');
  await byId(page, 'decide-change').click();
  await byId(page, 'decide-run').click();
  await over(page);
  assert.deepEqual(await standings(page), ranked);
  // The one before is still there, after a reload too.
  await page.reload();
  await ready(page);
  await byId(page, 'decide-earlier-0').click();
  await byId(page, 'decide-verdict').waitFor();
  assert.deepEqual(await standings(page), ranked);
  watch.noConsoleErrors();
});

test('models: the cost before, a clear answer with its reasons, and one that is too close to call', async () => {
  const { page, watch } = await withModels(['steady', 'sure', 'wavering']);
  await typed(page, { goal: 'We are on the island by noon', options: ['the train', 'the ferry'] });
  await byId(page, 'decide-estimate').getByText('calls').waitFor();
  const before = mock.journal().length;
  await byId(page, 'decide-run').click();
  await page.locator('[data-testid="decide-start"]:focus').waitFor();
  assert.equal(mock.journal().length, before, 'nothing is sent before it is confirmed');
  await page.keyboard.press('Enter');
  await over(page);
  assert.equal(await verdict(page), 'clear');
  assert.match(await byId(page, 'decide-verdict').innerText(), /“the ferry” comes out ahead/);
  assert.deepEqual((await standings(page)).map(({ option }) => option), [1, 0]);
  await byId(page, 'decide-why').getByText('Because of what the ferry costs').first().waitFor();
  assert.equal(await byId(page, 'decide-demonstration').count(), 0);
  // Each is told to judge as if the option had been drawn by lot.
  const prompts = mock.journal().map(({ body }) => JSON.stringify(body.messages));
  assert.ok(prompts.every((prompt) => prompt.includes('lottery')));
  const memo = await memoOf(page);
  assert.match(memo, /For:\n\n- .*Because of what the ferry costs/);
  await screenshot(page, 'decide-models');
  // Another option makes it close: 85 % against 80 %, with one agent far from both.
  await byId(page, 'decide-change').click();
  await byId(page, 'decide-add-option').click();
  await byId(page, 'decide-option-2').fill('the bus');
  await byId(page, 'decide-run').click();
  await byId(page, 'decide-start').click();
  await over(page);
  assert.equal(await verdict(page), 'close');
  assert.match(await byId(page, 'decide-verdict').innerText(), /Too close to call: “the ferry” and “the bus”/);
  watch.noConsoleErrors();
});

test('an option that fails leaves the others ranked and the answer open', async () => {
  const { page, watch } = await withModels(['steady', 'sure']);
  await typed(page, { goal: 'We are on the island by noon', options: ['a dead end', 'the ferry'] });
  await byId(page, 'decide-run').click();
  await byId(page, 'decide-start').click();
  await over(page);
  assert.equal(await verdict(page), 'incomplete');
  assert.match(await byId(page, 'decide-verdict').innerText(), /“a dead end” has no usable answer/);
  assert.deepEqual((await standings(page)).map(({ option }) => option), [1]);
  await byId(page, 'decide-missing').getByText('fewer than two agents answered').waitFor();
  assert.match(await memoOf(page), /\| a dead end \| – \| – \| fewer than two agents answered \|/);
  await byId(page, 'decide-again-0').click();
  await over(page);
  assert.equal(await verdict(page), 'incomplete');
  watch.noConsoleErrors({ except: [/status of 400/] });
});

test('a reload in the middle goes on, Stop stops, and Go on asks what is left', async () => {
  const { page, watch } = await withModels(['slow', 'slow']);
  await typed(page, { goal: 'We are on the island by noon', options: ['the train', 'the ferry', 'the bus'] });
  await byId(page, 'decide-run').click();
  await byId(page, 'decide-start').click();
  await byId(page, 'decide-standing').first().waitFor();
  await byId(page, 'decide-progress').getByText('“the ferry”, 2 of 3').waitFor();
  await page.reload();
  await ready(page);
  await byId(page, 'decide-progress').getByText('“the bus”, 3 of 3').waitFor({ timeout: 60_000 });
  await byId(page, 'decide-stop').click();
  await byId(page, 'decide-go-on').waitFor();
  assert.equal(await verdict(page), 'incomplete');
  assert.equal((await standings(page)).length, 2);
  const stopped = mock.journal().filter(({ body }) => JSON.stringify(body).includes('If we choose “the train”')).length;
  await byId(page, 'decide-go-on').click();
  await over(page);
  assert.deepEqual((await standings(page)).map(({ option }) => option).sort(), [0, 1, 2]);
  const now = mock.journal().filter(({ body }) => JSON.stringify(body).includes('If we choose “the train”')).length;
  assert.equal(now, stopped, 'what was answered is not asked again');
  watch.noConsoleErrors();
});

test('what is typed survives leaving, a reload and an example; what is in the way is said', async () => {
  const { page, watch } = await site.open('#/decide');
  await byId(page, 'decide-run').click();
  await byId(page, 'error-banner').getByText('There is no goal yet').waitFor();
  await typed(page, { goal: 'We are on the island by noon', options: ['the ferry', 'the Ferry'], background: 'It is 9 o’clock' });
  await byId(page, 'decide-run').click();
  await byId(page, 'error-banner').getByText('Option 2 says the same as another').waitFor();
  await hash(page, '#/settings');
  await page.locator('main h1').waitFor();
  await hash(page, '#/decide');
  assert.equal(await byId(page, 'decide-goal').inputValue(), 'We are on the island by noon');
  await page.reload();
  await ready(page);
  assert.equal(await byId(page, 'decide-option-1').inputValue(), 'the Ferry');
  assert.equal(await byId(page, 'decide-background').inputValue(), 'It is 9 o’clock');
  await byId(page, 'decide-example-0').click();
  await byId(page, 'decide-undo').click();
  assert.equal(await byId(page, 'decide-option-1').inputValue(), 'the Ferry');
  watch.noConsoleErrors();
});

test('two tabs never ask one decision: the second says who asks, and goes on when the first is gone', async () => {
  const { page: first, context, watch } = await withModels(['slow', 'slow']);
  const callsOf = (option) => mock.journal().filter(({ body }) => JSON.stringify(body).includes(`If we choose “${option}”`)).length;
  const options = ['the train', 'the ferry', 'the bus'];
  const before = options.map(callsOf);
  await typed(first, { goal: 'We are on the island by noon', options });
  await byId(first, 'decide-run').click();
  await byId(first, 'decide-start').click();
  await byId(first, 'decide-progress').getByText('“the ferry”, 2 of 3').waitFor();
  const second = await context.newPage();
  await second.goto(`${site.url}#/decide`);
  await ready(second);
  await byId(second, 'decide-elsewhere').waitFor();
  assert.equal(await byId(second, 'decide-run').count(), 0, 'nothing to press that would ask twice');
  await first.close();
  await byId(second, 'decide-elsewhere').waitFor({ state: 'detached' });
  await over(second);
  assert.deepEqual((await standings(second)).map(({ option }) => option).sort(), [0, 1, 2]);
  const [train, ferry, bus] = options.map((option, place) => callsOf(option) - before[place]);
  // What the first tab had asked and had no answer to when it closed is asked once more, and nothing else.
  assert.ok(train === bus && ferry >= train && ferry <= 2 * train, `${[train, ferry, bus]} calls`);
  assert.equal((await context.pages()).length, 1);
  watch.noConsoleErrors();
});
