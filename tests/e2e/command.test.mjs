// The page and the native program `credence`: the same set-up and the same replies give the same run to the last digest,
// and what one writes the other takes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { always, answer, sequence, startAimock } from './aimock.mjs';
import { byId, startSite } from './browser.mjs';
import { connect, ended, exported, modelPanel, verified } from './steps.mjs';

const run = promisify(execFile);
const ROOT = new URL('../..', import.meta.url).pathname;
const PROGRAM = join(ROOT, 'target/debug/credence');

const belief = (p, headline) => ({ beliefs: [p, 1 - p], headline, reasoning: 'Because of the tide.', evidence: ['the log'] });

/** What cannot be read, and then its repair. */
const wordy = [answer('I would rather not say.'), answer(belief(0.3, 'After a repair'))];

let site, mock, folder;
before(async () => {
  // As the native tests build it, so that nothing is built twice; ./test has done so before it comes here.
  await run('cargo', ['test', '--locked', '--quiet', '--no-run', '--test', 'cli'], { cwd: ROOT });
  folder = await mkdtemp(join(tmpdir(), 'credence-command-'));
  site = await startSite();
  mock = await startAimock([
    ...always({ model: 'steady' }, answer(belief(0.8, 'Ünïcode “words” — steady'))),
    ...sequence({ model: 'wordy' }, [...wordy, ...wordy]),
    ...always({ model: 'vague' }, answer('Who knows?')),
  ]);
});
after(async () => {
  await site?.close();
  await mock?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts the program; its exit code and what it says. */
async function credence(...args) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/proxy/i.test(name)));
  const done = await run(PROGRAM, args, { cwd: folder, env }).catch((failed) => failed);
  return { code: done.code ?? 0, stdout: done.stdout, stderr: done.stderr };
}

test('models: the page and the program come to the same digest from the same replies', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  await page.evaluate(() => { location.hash = '#/'; });
  await modelPanel(page, { question: 'Will the ferry sail?', models: ['steady', 'wordy', 'vague'], rounds: 1 });
  await byId(page, 'run-button').click();
  await ended(page);
  const { text, run: file } = await exported(page);
  await writeFile(join(folder, 'spec.json'), JSON.stringify(file.spec));
  await writeFile(join(folder, 'page.json'), text);
  const calls = mock.journal().length;

  const made = await credence('run', 'spec.json', '--server', mock.baseUrl, '--out', 'program.json', '--json');
  assert.equal(made.code, 3, `one agent fails: ${made.stderr}`);
  const result = JSON.parse(made.stdout);
  assert.deepEqual(result.head, file.head);
  assert.equal(mock.journal().length, 2 * calls, 'the same calls again');
  const bodies = mock.journal().map(({ body }) => JSON.stringify(body)).sort();
  assert.ok(bodies.every((body, place) => place % 2 === 1 || body === bodies[place + 1]), 'every request was sent twice, alike');

  assert.equal((await credence('verify', 'page.json', 'program.json', '--head', file.head.digest)).code, 0);
  const other = await site.open();
  await byId(other.page, 'import-run').setInputFiles(join(folder, 'program.json'));
  assert.equal(await verified(other.page), 'verified');
  watch.noConsoleErrors();
});

test('simulated traders: file and link pass from the page to the program and back', async () => {
  const { page, watch } = await site.open();
  await byId(page, 'run-button').click();
  await ended(page);
  const { text, run: file } = await exported(page);
  await writeFile(join(folder, 'simulated.json'), text);
  const again = await credence('run', 'simulated.json', '--out', 'again.json', '--json');
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(JSON.parse(again.stdout).head, file.head);
  const linked = await credence('link', 'again.json', '--page', site.url);
  await page.goto(linked.stdout.trim());
  await byId(page, 'verify-button').click();
  await page.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
  const back = await credence('link', linked.stdout.trim(), '--out', 'back.json');
  assert.equal(back.code, 0, back.stderr);
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'back.json'), 'utf8')).head, file.head);
  watch.noConsoleErrors();
});

test('an evaluation: the page and the program come to the same runs and the same records', async () => {
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: mock.baseUrl, model: 'steady' });
  await page.evaluate(() => { location.hash = '#/'; });
  await modelPanel(page, { question: 'Anything?', models: ['steady', 'vague', 'steady'], rounds: 2 });
  await page.evaluate(() => { location.hash = '#/evaluate'; });
  const lines = [0, 1, 2, 3].map((place) => JSON.stringify({ question: `Will boat ${place} sail?`, outcomes: ['Yes', 'No'], answer: place % 2 ? 'No' : 'Yes' }));
  await byId(page, 'evaluate-file').setInputFiles({ name: 'boats.jsonl', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) });
  await byId(page, 'evaluate-found').waitFor();
  await byId(page, 'evaluate-run').click();
  await byId(page, 'evaluate-start').click();
  await page.locator('[data-testid="evaluate-result"][data-stage="over"]').waitFor({ timeout: 60_000 });
  for (const name of ['questions.jsonl', 'panel.json', 'results.jsonl']) {
    const [saved] = await Promise.all([page.waitForEvent('download'), byId(page, `evaluate-save-${name}`).click()]);
    await saved.saveAs(join(folder, name === 'results.jsonl' ? 'page.jsonl' : name));
  }
  const command = (await byId(page, 'evaluate-command').innerText()).replace('ADDRESS', mock.baseUrl);
  const made = await credence(...command.split(' ').slice(1));
  assert.equal(made.code, 3, `an agent fails on every question: ${made.stderr}`);
  const read = async (name) =>
    (await readFile(join(folder, name), 'utf8')).trim().split('\n').map((line) => JSON.parse(line)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const plain = ({ methods, ...record }) => ({
    ...record,
    methods: Object.fromEntries(Object.entries(methods).map(([name, { effort, ...rest }]) => [name, { ...rest, effort: { ...effort, latency_millis: 0 } }])),
  });
  const [ours, theirs] = [await read('page.jsonl'), await read('results/results.jsonl')];
  assert.equal(ours.length, 4);
  assert.deepEqual(ours.map(plain), theirs.map(plain));
  watch.noConsoleErrors();
});
