// The browser's built-in model: Debian's Chromium has the API and no model, and the page says so; with a stand-in for the
// API every path is walked: download, answer, schema, Stop, a filter that withholds the answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { byId, startSite } from './browser.mjs';
import { ended, exported, modelPanel, verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const BUILT_IN = 'built-in model';

/** Stands in for the API as Chrome has it; runs in the page before anything else. `asked` is what it was given. */
function standIn({ state, behaviour }) {
  const heard = { created: [], prompted: [], aborted: 0, destroyed: 0 };
  globalThis.heard = heard;
  let now = state;
  class LanguageModel {
    contextUsage = 0;
    static async availability() { return now; }
    static async create(options) {
      if (now === 'unavailable') throw new DOMException('no model', 'NotSupportedError');
      const monitor = new EventTarget();
      options.monitor?.(monitor);
      for (const loaded of now === 'downloadable' ? [0, 0.5, 1] : []) {
        monitor.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded }));
        await new Promise((done) => setTimeout(done, 300));
      }
      now = 'available';
      heard.created.push({ ...options, signal: undefined, monitor: undefined });
      return new LanguageModel();
    }
    async measureContextUsage(text) { return Math.ceil(text.length / 4); }
    promptStreaming(text, { responseConstraint, signal }) {
      heard.prompted.push({ text, responseConstraint });
      this.contextUsage += Math.ceil(text.length / 4);
      const session = this;
      const words = JSON.stringify({
        beliefs: [0.8, 0.2], headline: 'Likely', reasoning: 'It is.', evidence: [], predicted_mean_of_others: 0.7,
      }).match(/.{1,12}/g);
      return new ReadableStream({
        async start(controller) {
          signal.addEventListener('abort', () => { heard.aborted += 1; controller.error(signal.reason); });
          if (behaviour === 'filter') return controller.error(new DOMException('filtered', 'NotReadableError'));
          for (const word of words) {
            await new Promise((done) => setTimeout(done, behaviour === 'slow' ? 1_000 : 5));
            if (signal.aborted) return undefined;
            controller.enqueue(word);
            session.contextUsage += 3;
          }
          return controller.close();
        },
      });
    }
    destroy() { heard.destroyed += 1; }
  }
  globalThis.LanguageModel = LanguageModel;
}

async function openForm(page) {
  await page.evaluate(() => { location.hash = '#/settings'; });
  await byId(page, 'connection-add').click();
  await byId(page, 'connection-preset').selectOption('browser');
}

const stateOf = (page, name) => page.locator(`[data-testid="browser-model-state"][data-availability="${name}"]`);

/** A page in whose browser the stand-in lives. */
async function openWith(options) {
  const opened = await site.open();
  await opened.context.addInitScript(standIn, options);
  await opened.page.reload();
  await byId(opened.page, 'question-input').waitFor();
  return opened;
}

test('without a model in the browser the page says so', async () => {
  const { page, watch } = await site.open('#/settings');
  await openForm(page);
  const said = byId(page, 'browser-model-state').and(page.locator(':not([data-availability="asking"])'));
  await said.waitFor();
  assert.match(await said.getAttribute('data-availability'), /^(absent|unavailable)$/);
  assert.match(await said.textContent(), /^Unavailable: this browser/);
  assert.equal(await byId(page, 'browser-model-download').count(), 0);
  await byId(page, 'connection-test').click();
  await page.locator('[data-testid="connection-test-result"][data-status="error"]').waitFor();
  assert.match(await byId(page, 'connection-test-result').textContent(), /built-in model/);
  watch.noConsoleErrors();
  watch.onlyHosts();
});

test('a model is downloaded, answers under the schema, and trades', async () => {
  const { page, watch } = await openWith({ state: 'downloadable' });
  await openForm(page);
  await stateOf(page, 'downloadable').waitFor();
  await byId(page, 'connection-test').click();
  await byId(page, 'connection-test-result').getByText('not downloaded yet').waitFor();
  await byId(page, 'browser-model-download').click();
  await page.getByText('of the browser\'s model is here').waitFor();
  await stateOf(page, 'available').waitFor();
  await byId(page, 'connection-test').click();
  await page.locator('[data-testid="connection-test-result"][data-status="ok"]').waitFor();
  await byId(page, 'connection-save').click();
  await page.getByText('Free, runs on your machine').waitFor();

  await modelPanel(page, { question: 'Does it work?', models: [BUILT_IN] });
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await verified(page), 'verified');
  const { run } = await exported(page);
  const calls = run.events.map(({ event }) => event).filter(({ type }) => type === 'call');
  assert.equal(calls.length, 3);
  for (const call of calls) {
    assert.equal(call.parse.status, 'ok');
    assert.equal(call.finish_reason, 'stop');
    assert.equal(call.temperature, undefined, 'this browser lets no page choose a temperature, so none is recorded');
    assert.ok(call.prompt_tokens > 0 && call.completion_tokens > 0);
  }
  const heard = await page.evaluate(() => globalThis.heard);
  const asked = heard.prompted.at(-1);
  assert.deepEqual(asked.responseConstraint.required.slice(0, 2), ['beliefs', 'headline']);
  assert.equal(heard.created.at(-1).initialPrompts[0].role, 'system');
  assert.equal(heard.created.length, heard.destroyed, 'no session is left open');
  watch.noConsoleErrors();
  watch.onlyHosts();
});

test('Stop reaches the browser, and a withheld answer is a refusal', async () => {
  const slow = await openWith({ state: 'available', behaviour: 'slow' });
  await openForm(slow.page);
  await byId(slow.page, 'connection-save').click();
  await modelPanel(slow.page, { question: 'Can it be stopped?', models: [BUILT_IN] });
  await byId(slow.page, 'run-button').click();
  await slow.page.waitForFunction(() => globalThis.heard.prompted.length > 0);
  await byId(slow.page, 'stop-button').click();
  assert.equal(await ended(slow.page), 'stopped');
  assert.ok(await slow.page.evaluate(() => globalThis.heard.aborted) > 0);
  slow.watch.noConsoleErrors();

  const filter = await openWith({ state: 'available', behaviour: 'filter' });
  await openForm(filter.page);
  await byId(filter.page, 'connection-save').click();
  await modelPanel(filter.page, { question: 'May it be asked?', models: [BUILT_IN] });
  await byId(filter.page, 'run-button').click();
  await ended(filter.page);
  const { run } = await exported(filter.page);
  const kinds = run.events.filter(({ event }) => event.type === 'failed').map(({ event }) => event.failure.kind);
  assert.deepEqual(kinds, ['refusal', 'refusal', 'refusal']);
  filter.watch.noConsoleErrors();
});
