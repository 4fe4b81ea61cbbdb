// An evaluation beyond one machine: Ray with two workers, one of which is killed while a call of its own waits for its
// answer; and the shards of the Slurm array and the Kubernetes Job, started as those would start them. Every way comes to
// the result of one machine, and by the model server's own journal nothing that was answered was asked a second time.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { answer, httpError, startAimock } from './aimock.mjs';
import { belief, environment, outcome, panel, program, questions, ROOT } from './program.mjs';
import { venv } from './python.mjs';

const QUESTIONS = 12;
const SHARDS = 3;
const METHODS = ['--methods', 'pools,panel'];

const python = await venv('ray', ['ray==2.60.0']);
const skip = typeof python === 'string' ? false : python.missing;
const schema = await venv('kubernetes', ['kubernetes-validate==1.37.0']);
const noSchema = typeof schema === 'string' ? false : schema.missing;

let credence, folder, mock, alone;
/** While this is set, one question gets no answer, once: not before `release` is called. */
let hanging = null;
before(async () => {
  credence = await program();
  folder = await mkdtemp(join(tmpdir(), 'credence-scale-'));
  const hangs = ({ messages }) => {
    if (!hanging || hanging.seen || !messages.at(-1).content.includes(hanging.question)) return false;
    hanging.seen = true;
    return true;
  };
  mock = await startAimock([
    { match: { predicate: hangs }, response: () => new Promise((released) => { hanging.release = () => released(httpError(503, 'too late').response); }) },
    { ...answer(belief(0.8)), match: { model: 'one' }, latency: 5 },
    { ...answer(belief(0.4)), match: { model: 'two' }, latency: 5 },
  ]);
  await writeFile(join(folder, 'questions.jsonl'), questions(QUESTIONS));
  await writeFile(join(folder, 'panel.json'), JSON.stringify(panel(['one', 'two'])));
  const made = await outcome(credence, ['evaluate', 'questions.jsonl', 'panel.json', '--out', 'alone', '--quiet', '--server', mock.baseUrl, ...METHODS], { cwd: folder });
  assert.equal(made.code, 0, made.stderr);
  alone = { table: made.stdout, records: await records('alone'), bodies: bodies(mock.journal()) };
});
after(async () => {
  await mock?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Everything that an evaluation found, without the time that it took. */
async function records(name) {
  const lines = (await readFile(join(folder, name, 'results.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
  for (const { methods } of lines) for (const answered of Object.values(methods)) answered.effort.latency_millis = 0;
  return lines.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const bodies = (journal) => journal.map(({ body }) => JSON.stringify(body)).sort();

/** The same answers came of it; the logs of runs that were played again name their kept replies, so heads may differ. */
function assertEqualResults(made, exact) {
  const bare = (records) => records.map(({ runs, ...record }) => (exact ? { ...record, runs } : record));
  assert.deepEqual(bare(made), bare(alone.records));
}

/** Programs whose command line fits: `{ pid, parent }`. */
async function programs(fits) {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [line, status] = await Promise.all(['cmdline', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
    if (fits(line.split('\0'))) found.push({ pid: Number(pid), parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]) });
  }
  return found;
}

async function until(what, state) {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const found = await state();
    if (found) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what} did not come about`);
}

test('Ray: a worker is killed in the middle; nothing is lost and nothing is paid twice', { skip, timeout: 240_000 }, async () => {
  const begin = mock.journal().length;
  // The second question of the second shard: the first one is done by then.
  hanging = { question: 'Question 4?', seen: false };
  const args = [join(ROOT, 'scale/ray_evaluate.py'), 'questions.jsonl', 'panel.json', '--out', 'ray', '--shards', String(SHARDS), '--at-once', '2', '--credence', credence];
  // One call at a time: then the call that hangs is the only one that its worker waits for.
  const theirs = ['--', '--server', mock.baseUrl, ...METHODS, '--questions-at-once', '1', '--at-once', '1'];
  const ray = spawn(python, [...args, ...theirs], { cwd: folder, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  ray.stdout.on('data', (text) => { stdout += text; });
  ray.stderr.on('data', (text) => { stderr += text; });
  const over = once(ray, 'exit');

  await until('the call that hangs', () => {
    assert.equal(ray.exitCode, null, stderr);
    return hanging.seen;
  });
  const ours = (words) => words.includes('evaluate') && words.includes(`2/${SHARDS}`) && words.includes(join(folder, 'ray/shards', `2-of-${SHARDS}`));
  const [child] = await until('the program of the second shard', async () => {
    const found = await programs(ours);
    return found.length > 0 && found;
  });
  process.kill(child.parent, 'SIGKILL');
  await until('its end', async () => (await programs(ours)).every(({ pid }) => pid !== child.pid));
  const [code] = await over;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /0 to go/);

  assert.equal(stdout, alone.table, 'the same tables');
  assertEqualResults(await records('ray'), false);
  const files = (await readdir(join(folder, 'ray/runs'))).map((name) => join('ray/runs', name));
  assert.equal((await outcome(credence, ['verify', ...files], { cwd: folder })).code, 0, 'every run holds');

  hanging.release();
  const complete = alone.bodies.length + 1;
  const journal = await until('the whole journal', () => mock.journal().length >= begin + complete && mock.journal().slice(begin));
  const twice = new Map();
  for (const { body, status } of journal) {
    const asked = JSON.stringify(body);
    twice.set(asked, [...(twice.get(asked) ?? []), status]);
  }
  const again = [...twice.values()].filter((times) => times.length > 1);
  assert.deepEqual(again.map((statuses) => statuses.sort()), [[200, 503]], 'only the call without an answer was sent a second time');
  assert.deepEqual([...twice.keys()].sort(), alone.bodies, 'the very calls of one machine');
});

test('Slurm: the tasks of the array, then the merge', { timeout: 120_000 }, async () => {
  hanging = null;
  const begin = mock.journal().length;
  const settings = {
    ...environment(), CREDENCE: credence, QUESTIONS: 'questions.jsonl', PANEL: 'panel.json', OUT: 'slurm',
    CREDENCE_ARGS: `--server ${mock.baseUrl} ${METHODS.join(' ')}`, SLURM_ARRAY_TASK_COUNT: String(SHARDS),
  };
  const tasks = Array.from({ length: SHARDS }, (_, place) =>
    outcome('bash', [join(ROOT, 'scale/slurm.sbatch')], { cwd: folder, env: { ...settings, SLURM_ARRAY_TASK_ID: String(place + 1) } }));
  for (const { code, stderr } of await Promise.all(tasks)) assert.equal(code, 0, stderr);
  const shards = (await readdir(join(folder, 'slurm/shards'))).map((name) => join('slurm/shards', name));
  const merged = await outcome(credence, ['merge', ...shards, '--out', 'slurm'], { cwd: folder });
  assert.deepEqual([merged.code, merged.stdout], [0, alone.table]);
  assertEqualResults(await records('slurm'), true);
  assert.deepEqual(bodies(mock.journal().slice(begin)), alone.bodies);
  const none = await outcome('bash', [join(ROOT, 'scale/slurm.sbatch')], { cwd: folder, env: { ...settings, SLURM_ARRAY_TASK_ID: '1', PANEL: '' } });
  assert.notEqual(none.code, 0);
});

test('Kubernetes: every field of the Job is one that the schema of its interface knows', { skip: noSchema, timeout: 300_000 }, async () => {
  const file = join(ROOT, 'scale/kubernetes.yaml');
  const validate = ['-m', 'kubernetes_validate', '--strict'];
  const { code, stdout, stderr } = await outcome(schema, [...validate, file]);
  assert.equal(code, 0, stdout + stderr);
  const wrong = join(folder, 'wrong.yaml');
  await writeFile(wrong, (await readFile(file, 'utf8')).replace('backoffLimitPerIndex', 'backoffLimitPerPod'));
  assert.notEqual((await outcome(schema, [...validate, wrong])).code, 0, 'a field of another name is seen');
});

test('Kubernetes: the pods of the indexed Job, then the one that merges', { skip, timeout: 120_000 }, async () => {
  hanging = null;
  const begin = mock.journal().length;
  const read = 'import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))';
  const [claim, job, merge] = JSON.parse((await outcome(python, ['-c', read, join(ROOT, 'scale/kubernetes.yaml')])).stdout);
  assert.deepEqual([claim.kind, job.spec.completionMode, merge.spec.suspend], ['PersistentVolumeClaim', 'Indexed', true]);
  const container = job.spec.template.spec.containers[0];
  const settings = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
  assert.equal(Number(settings.SHARDS), job.spec.completions, 'both places say the same');
  const here = {
    ...environment(), ...settings, PATH: `${credence.replace(/\/[^/]*$/, '')}:${process.env.PATH}`, INPUT: folder, OUT: join(folder, 'kubernetes'), SHARDS: String(SHARDS),
    CREDENCE_ARGS: `--server ${mock.baseUrl} ${METHODS.join(' ')}`,
  };
  const start = ({ command, args }, env) => outcome(command[0], [...command.slice(1), ...args], { cwd: folder, env });
  const pods = Array.from({ length: SHARDS }, (_, index) => start(container, { ...here, JOB_COMPLETION_INDEX: String(index) }));
  for (const { code, stderr } of await Promise.all(pods)) assert.equal(code, 0, stderr);
  const merged = await start(merge.spec.template.spec.containers[0], here);
  assert.deepEqual([merged.code, merged.stdout], [0, alone.table], merged.stderr);
  assertEqualResults(await records('kubernetes'), true);
  assert.deepEqual(bodies(mock.journal().slice(begin)), alone.bodies);
});
