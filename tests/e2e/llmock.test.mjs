// The client under the eyes of llmock, a server that breaks calls on demand and then grades how the client behaved:
// whether it waits as long as it is asked to, backs off, caps its retries, and takes no cut answer for a whole one.
// It answers no preflight, so it is reached through the page's own origin. Skipped where llmock is not installed.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { byId, startSite } from './browser.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

const LLMOCK = process.env.LLMOCK ?? '';
const skip = existsSync(LLMOCK) ? false : 'llmock is not installed: ./test brings it from PyPI where that can be had';
const run = promisify(execFile);

let site, server, url;
before(async () => {
  if (skip) return;
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  // Word by word, as models write: a server that has sent everything at once cannot see that its client stopped reading.
  const options = ['--host', '127.0.0.1', '--port', String(port), '--log-level', 'error', '--stream-chunk-delay-ms', '60'];
  server = spawn(LLMOCK, ['serve', ...options], { stdio: 'ignore' });
  await answers(`${url}/_llmock/requests`);
  site = await startSite({ proxies: { '/llmock/': url } });
});
after(async () => {
  await site?.close();
  server?.kill();
});

/** A port that nobody listens on. */
async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function answers(address) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(address).then((reply) => reply.ok, () => false)) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error('llmock does not start');
}

async function script(behaviors) {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ behaviors }) };
  const reply = await fetch(`${url}/_llmock/scenario`, post);
  assert.equal(reply.status, 201, await reply.text());
}

test('llmock finds nothing to blame: limits, drops, cut and garbled streams, and refused requests', { skip }, async () => {
  const belief = JSON.stringify({ beliefs: [0.7, 0.3], headline: 'A reason', reasoning: 'Because.', evidence: [], predicted_mean_of_others: 0.5 });
  const of = (model) => ({ model });
  await script([
    { type: 'fail', status: 429, retry_after: 2, times: 1, match: of('limited') },
    { type: 'fail', status: 503, times: 2, match: of('overloaded') },
    { type: 'stream_fault', kind: 'truncate', after_chunks: 3, times: 1, match: of('cut') },
    { type: 'stream_fault', kind: 'disconnect', after_chunks: 2, times: 1, match: of('dropped') },
    { type: 'stream_fault', kind: 'malformed', after_chunks: 2, times: 1, match: of('garbled') },
    { type: 'fail', status: 401, times: null, match: of('locked') },
    { type: 'reply', text: belief, times: null },
  ]);
  const { page } = await site.open();
  const origin = new URL(site.url).origin;
  await connect(page, { baseUrl: `${origin}/llmock/v1`, model: 'steady', key: 'sk-any-key-at-all' });
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'panel-models').check({ force: true });
  for (let more = 0; more < 4; more += 1) await byId(page, 'add-agent').click();
  const models = ['steady', 'limited', 'overloaded', 'cut', 'dropped', 'garbled', 'locked'];
  await modelPanel(page, { question: 'Does it behave?', models });
  await byId(page, 'run-button').click();
  await ended(page);

  const { run: file } = await exported(page);
  const agents = (type) => file.events.filter(({ event }) => event.type === type).map(({ event }) => event.agent);
  assert.deepEqual(agents('forecast'), [0, 1, 2, 3, 4, 5], 'whoever can be helped by patience has answered');
  assert.deepEqual(agents('failed'), [6], 'a refused key is final');
  assert.equal(await verified(page), 'verified');
  const { stdout } = await run(LLMOCK, ['report', '--url', url, '--strict', '--json']).catch((failed) => {
    throw new Error(`llmock blames the client:\n${failed.stdout}`);
  });
  const verdict = JSON.parse(stdout);
  assert.equal(verdict.passed, true);
  const seen = await fetch(`${url}/_llmock/requests`).then((reply) => reply.json());
  assert.equal(seen.count, 13, 'seven agents, and one retry for each fault that passes');
});
