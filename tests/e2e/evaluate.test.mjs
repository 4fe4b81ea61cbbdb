// Evaluate: a small file with broken rows from drop to tables; models that are paused, reloaded and killed without paying
// an answered call twice; a limit that holds; failures that are counted and asked again; results of 10,000 questions.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { always, answer, sequence, httpError, slowAnswer, startAimock } from './aimock.mjs';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { done, drawn, file, hash, keptReplies, lines, onEvaluate, scores, stage, start, tick } from './evaluation.mjs';
import { verified } from './steps.mjs';

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'first' }, slowAnswer(15, { beliefs: [0.8, 0.2], headline: 'Yes' })),
    ...always({ model: 'second' }, slowAnswer(15, { beliefs: [0.6, 0.4], headline: 'Perhaps' })),
    ...sequence({ model: 'hasty', userMessage: /number 2 / }, [
      httpError(400, 'No such thing'),
      answer({ beliefs: [0.3, 0.7], headline: 'No' }),
    ]),
    ...always({ model: 'hasty' }, answer({ beliefs: [0.3, 0.7], headline: 'No' })),
  ]);
});
after(async () => {
  await site.close();
  await mock.stop();
});

async function download(page, name) {
  const [saved] = await Promise.all([page.waitForEvent('download'), byId(page, `evaluate-save-${name}`).click()]);
  assert.equal(saved.suggestedFilename(), name);
  return readFile(await saved.path(), 'utf8');
}

const withModels = (models) => onEvaluate(site, mock, models);
const asked = (model) => mock.journal().filter(({ body }) => !model || body.model === model);
const words = ({ body }) => JSON.stringify([body.model, body.messages]);

test('a file with broken rows, a simulated panel on a phone in the dark: tables, a warning, runs that verify', async () => {
  const { page, watch } = await site.open('#/evaluate', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await byId(page, 'evaluate-empty').waitFor();
  await byId(page, 'evaluate-run').click();
  await byId(page, 'error-banner').getByText('There are no questions yet').waitFor();
  const broken = ['{"question": "Half a row', '{"id": "b", "question": "", "outcomes": ["A", "B"], "answer": "A"}',
    '{"id": "c", "question": "Which?", "outcomes": ["A", "B"], "answer": "C"}', '{"id": "q3", "question": "Again?", "outcomes": ["A", "B"], "answer": "A"}'];
  await file(page, 'mine.jsonl', `${lines(24)}\n${broken.join('\n')}\n`);
  const found = byId(page, 'evaluate-found');
  await found.waitFor();
  assert.deepEqual(await found.evaluate(({ dataset: { questions, rejected, preset } }) => [questions, rejected, preset]), ['24', '4', 'plain']);
  await byId(page, 'evaluate-rejected').locator('summary').click();
  const rows = await byId(page, 'evaluate-rejected-row').allInnerTexts();
  assert.match(rows[0], /Line 25: it is not JSON/);
  assert.match(rows[1], /Line 26: “question” is missing/);
  assert.match(rows[2], /Line 27: the answer “C” is none/);
  assert.match(rows[3], /Line 28: it is the same as line 4/);
  await byId(page, 'evaluate-sample').fill('20');
  await byId(page, 'evaluate-stratified').check();
  await byId(page, 'evaluate-method-self-consistency').check();
  await byId(page, 'evaluate-estimate').getByText('20 questions').waitFor();
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'evaluate-form-phone');
  await byId(page, 'evaluate-run').click();
  await stage(page, 'over');
  await drawn(page);
  assert.equal(await done(page), 20);
  await byId(page, 'evaluate-findings').getByText('too few to name a winner').waitFor();
  assert.equal(await page.locator('[data-testid="evaluate-comparison"][data-shown="true"]').count(), 0, 'a set of 20 has no winner');
  const table = await scores(page);
  assert.ok(table.panel && table.mean && table['self-consistency']);
  assert.equal(table.panel.answered, '20');
  assert.deepEqual(await axe(page), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await screenshot(page, 'evaluate-phone');
  // The files say what the page says.
  const results = (await download(page, 'results.jsonl')).trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(results.length, 20);
  const right = results.filter(({ answer: key, methods: { panel } }) => panel.forecast[key] > 0.5).length;
  assert.equal(Number(table.panel.accuracy), right / 20);
  const summary = JSON.parse(await download(page, 'summary.json'));
  const panel = summary.methods.find(({ method }) => method === 'panel');
  assert.equal(panel.brier.mean, Number(table.panel.brier));
  assert.ok(panel.accuracy.low <= panel.accuracy.mean && panel.accuracy.mean <= panel.accuracy.high);
  assert.match(await download(page, 'results.csv'), /^id,category,method,outcomes,answer,p_answer/);
  assert.match(await download(page, 'summary.csv'), /\npanel,20,0,/);
  assert.match(await download(page, 'summary.md'), /\| panel \| 20 \| 0 \|/);
  assert.match(await download(page, 'summary.tex'), /begin\{tabular\}/);
  // Every question opens its run.
  const [place, head] = [3, results[3].runs.panel.head.digest];
  const row = page.locator(`[data-testid="evaluate-question"][data-place="${place}"]`);
  await row.locator('[data-testid="evaluate-open-run"][data-job="panel"]').click();
  await byId(page, 'verify-button').waitFor();
  assert.equal(await byId(page, 'head-digest').textContent(), head);
  assert.equal(await verified(page), 'verified');
  // It is still there after a reload, and the file of its results gives the same figures.
  await hash(page, '#/evaluate');
  await page.reload();
  await ready(page);
  await stage(page, 'over');
  await drawn(page);
  assert.deepEqual(await scores(page), table);
  await byId(page, 'evaluate-another').click();
  await file(page, 'results.jsonl', results.map((line) => JSON.stringify(line)).join('\n'));
  await page.getByText('results of 20 questions from a file').waitFor();
  await drawn(page);
  assert.deepEqual(await scores(page), table);
  assert.equal(await byId(page, 'evaluate-open-run').count(), 0);
  watch.noConsoleErrors();
});

test('columns that nobody knows are mapped by hand, and remembered', async () => {
  const { page, watch } = await site.open('#/evaluate');
  const csv = 'prompt,truth\nIs it raining?,Yes\nIs it snowing?,No\n';
  await file(page, 'odd.csv', csv);
  await byId(page, 'evaluate-rejected').locator('summary').click();
  await byId(page, 'evaluate-rejected-row').getByText('no preset has these columns').waitFor();
  await byId(page, 'evaluate-preset').selectOption({ label: 'Let me say what the columns mean' });
  await byId(page, 'evaluate-mapping').getByLabel('Question', { exact: true }).selectOption({ label: 'prompt' });
  await byId(page, 'evaluate-mapping').getByLabel('Right answer').selectOption({ label: 'truth' });
  await byId(page, 'evaluate-outcomes').fill('Yes; No');
  const both = page.locator('[data-testid="evaluate-found"][data-questions="2"][data-rejected="0"]');
  await both.waitFor();
  await byId(page, 'evaluate-preview').getByText('Is it snowing?').waitFor();
  await page.reload();
  await ready(page);
  await file(page, 'odd.csv', csv);
  await both.waitFor();
  // Pasted text is read in the same way; an address must be safe.
  await page.locator('.evaluate-other > summary').click();
  await byId(page, 'evaluate-paste').fill('{"question": "One?", "answer": true, "qid": "x"}\n{"question": "Two?", "answer": false, "qid": "y"}');
  await byId(page, 'evaluate-read').click();
  await page.locator('[data-testid="evaluate-found"][data-preset="strategyqa"]').waitFor();
  await byId(page, 'evaluate-address').fill('http://example.org/a.csv');
  await byId(page, 'evaluate-fetch').click();
  await byId(page, 'evaluate-failed').getByText('must begin with https').waitFor();
  watch.noConsoleErrors();
});

test('models: paused, reloaded and killed in the middle, no answered call is sent twice', async () => {
  const { page, watch } = await withModels(['first', 'second']);
  await file(page, 'set.jsonl', lines(12));
  await tick(page, 'mean', 'panel', 'majority');
  await byId(page, 'evaluate-estimate').getByText('12 questions, 3 methods: 24 to').waitFor();
  const before = asked().length;
  await start(page);
  await page.waitForFunction(() => Number(document.querySelector('[data-testid="evaluate-figures"]')?.dataset.done) >= 2);
  await byId(page, 'evaluate-pause').click();
  await stage(page, 'held');
  // What is under way comes to its end, and its answers are kept.
  let sent;
  do {
    sent = asked().length - before;
    await page.waitForFunction(() => true);
  } while ((await keptReplies(page)) < sent || asked().length - before !== sent);
  const paused = await done(page);
  assert.ok(paused < 12, 'it was paused in the middle');
  await page.reload();
  await ready(page);
  await stage(page, 'held');
  assert.ok((await done(page)) >= paused);
  await byId(page, 'evaluate-go-on').click();
  await page.waitForFunction((least) => Number(document.querySelector('[data-testid="evaluate-figures"]')?.dataset.done) > least, paused + 1);
  // Killed while calls are under way: those that were not answered, and only those, may be sent again.
  const kept = await keptReplies(page);
  await page.reload();
  const open = asked().length - before - kept;
  await ready(page);
  await stage(page, 'over');
  assert.equal(await done(page), 12);
  const all = asked().slice(before).map(words);
  const twice = all.length - new Set(all).size;
  assert.equal(new Set(all).size, 24, 'every agent was asked every question');
  assert.ok(twice <= open, `${twice} calls were sent twice, ${open} were not answered when the page was killed`);
  assert.equal(await byId(page, 'evaluate-figures').getAttribute('data-calls'), '24');
  const table = await scores(page);
  assert.deepEqual([table.mean.calls, table.panel.calls], ['24', '24']);
  assert.equal(Number(table.mean.accuracy), 0.5, 'who always says yes is right on half of them');
  await drawn(page);
  await screenshot(page, 'evaluate-models');
  watch.noConsoleErrors();
});

test('failures are counted, said and asked again; a limit of calls holds', async () => {
  const { page, watch } = await withModels(['hasty', 'second']);
  await file(page, 'set.jsonl', lines(6));
  await tick(page, 'mean');
  await start(page);
  await stage(page, 'over');
  await byId(page, 'evaluate-failures').waitFor();
  assert.equal(await byId(page, 'evaluate-failures').getAttribute('data-agents'), '1');
  const tried = asked('hasty').length;
  await byId(page, 'evaluate-retry').getByText('Ask 1 question again').waitFor();
  await byId(page, 'evaluate-retry').click();
  await byId(page, 'evaluate-failures').waitFor({ state: 'detached' });
  await stage(page, 'over');
  assert.equal(asked('hasty').length, tried + 1, 'only what had failed is asked again');
  assert.equal(await byId(page, 'evaluate-figures').getAttribute('data-calls'), '13', 'twelve answers and the call that failed');
  // Other questions, within a limit; the first evaluation stays in the list.
  await byId(page, 'evaluate-another').click();
  await byId(page, 'evaluate-open').waitFor();
  await file(page, 'more.jsonl', lines(6, 100));
  await byId(page, 'evaluate-most-calls').fill('10');
  const before = asked().length;
  await start(page);
  await byId(page, 'evaluate-note').getByText('limit').waitFor();
  await stage(page, 'held');
  const sent = asked().length - before;
  assert.ok(sent > 0 && sent <= 10, `${sent} calls`);
  assert.ok((await done(page)) < 6);
  await byId(page, 'evaluate-remove').click();
  await byId(page, 'evaluate-remove').getByText('for good').click();
  await byId(page, 'evaluate-remove').waitFor({ state: 'detached' });
  watch.noConsoleErrors({ except: [/status of 400/] });
});

test('10,000 results open, are listed in windows, and can be narrowed', async () => {
  const { page, watch } = await site.open('#/evaluate');
  const names = ['single', 'majority', 'mean', 'median', 'log-pool', 'panel'];
  const record = (place) => {
    const p = ((place * 7919) % 1000) / 1000;
    const methods = names.map((name, shift) => {
      const yes = Math.min(0.99, Math.max(0.01, p + shift * 0.01));
      return [name, { forecast: [yes, 1 - yes], effort: { calls: 3, tokens: 900, cost_micro_usd: 40, latency_millis: 1200 } }];
    });
    return { id: `q-${place}`, category: `c${place % 9}`, outcomes: 2, answer: (place * 31) % 100 < p * 100 ? 0 : 1,
      beliefs: [[p, 1 - p], [1 - p, p]], methods: Object.fromEntries(methods) };
  };
  const text = Array.from({ length: 10_000 }, (_, place) => JSON.stringify(record(place))).join('\n');
  const begun = Date.now();
  await file(page, 'results.jsonl', text);
  await byId(page, 'evaluate-score').first().waitFor({ timeout: 60_000 });
  console.log(`10,000 results: figures after ${Date.now() - begun} ms`);
  assert.equal((await scores(page)).panel.answered, '10000');
  await byId(page, 'evaluate-question').first().waitFor();
  assert.equal(await byId(page, 'evaluate-question').count() <= 50, true);
  await byId(page, 'evaluate-later').click();
  await page.locator('[data-testid="evaluate-question"][data-place="50"]').waitFor();
  await byId(page, 'evaluate-list-which').selectOption({ label: 'Wrong ones' });
  await page.locator('[data-testid="evaluate-question"][data-state="wrong"]').first().waitFor();
  assert.equal(await page.locator('[data-testid="evaluate-question"][data-state="right"]').count(), 0);
  watch.noConsoleErrors();
});
