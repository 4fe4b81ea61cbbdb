// An evaluation in the hands of other tools: Inspect reads its log, OpenTelemetry's own schema its spans, pandas and R its
// table, and all have the figures that the program itself gives. Skipped where PyPI, or R, cannot be had.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { always, answer, startAimock } from './aimock.mjs';
import { belief, outcome, panel, program, questions } from './program.mjs';
import { venv } from './python.mjs';

const run = promisify(execFile);
const QUESTIONS = 12;
const TOOLS = ['inspect_ai==0.3.285', 'pandas==3.1.1', 'opentelemetry-proto==1.45.2', 'opentelemetry-semantic-conventions==0.66b2'];

const python = await venv('tools', TOOLS);
const skip = typeof python === 'string' ? false : python.missing;
const noR = await run('Rscript', ['--version']).then(() => false, () => 'Rscript is not installed');

let credence, folder, mock;
before(async () => {
  credence = await program();
  folder = await mkdtemp(join(tmpdir(), 'credence-tools-'));
  mock = await startAimock([
    // Its answers are unreadable: the failures must be in all the formats, too.
    ...always({ model: 'vague', userMessage: 'Question 5?' }, answer('Who knows?')),
    ...always({ model: 'vague' }, answer(belief(0.4))),
    ...always({ model: 'steady' }, answer(belief(0.8), { usage: { prompt_tokens: 400, completion_tokens: 60, total_tokens: 460 } })),
  ]);
  await writeFile(join(folder, 'questions.jsonl'), questions(QUESTIONS));
  const price = { input_micro_usd: 1_000_000, output_micro_usd: 2_000_000 };
  await writeFile(join(folder, 'panel.json'), JSON.stringify(panel(['steady', 'vague'], { price })));
  const made = await at('evaluate', 'questions.jsonl', 'panel.json', '--server', mock.baseUrl, '--methods', 'pools,panel,market-price,coin', '--out', 'set', '--quiet');
  assert.equal(made.code, 3, `market-price fails, as does an agent once: ${made.stderr}`);
});
after(async () => {
  await mock?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const at = (...args) => outcome(credence, args, { cwd: folder });

/** Runs Python; what it prints is JSON. */
async function ask(code, ...args) {
  const { stdout } = await run(python, ['-c', code, ...args], { cwd: folder, maxBuffer: 1 << 26, env: { ...process.env, INSPECT_LOG_DIR: folder } });
  return JSON.parse(stdout);
}

/** The table of the folder by method: `{ accuracy, n }`. */
async function tidy() {
  const [head, ...lines] = (await readFile(join(folder, 'set/results.csv'), 'utf8')).trim().split('\n');
  const columns = head.split(',');
  // The one field with a comma stands in quotes.
  const cells = (line) => line.match(/("[^"]*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, ''));
  return lines.map((line) => Object.fromEntries(cells(line).slice(0, columns.length).map((cell, place) => [columns[place], cell])));
}

test('Inspect reads the log: every question, every method, every call, and the same accuracy', { skip }, async () => {
  const saved = await at('export', 'inspect', 'set', '--out', 'logs/');
  assert.equal(saved.code, 0, saved.stderr);
  const read = await ask(`
import json, sys
from inspect_ai.log import list_eval_logs, read_eval_log, read_eval_log_sample, read_eval_log_sample_summaries
listed = list_eval_logs('logs')
log = read_eval_log(listed[0])
head = read_eval_log(listed[0], header_only=True)
value = {'C': 1, 'I': 0, 'P': 0.5}
def mean(method):
    scores = [s.scores[method].value for s in log.samples if s.scores[method].value != 'N']
    return sum(value[v] for v in scores) / len(scores) if scores else None
calls = [e for s in log.samples for e in s.events if e.event == 'model']
print(json.dumps({
  'listed': len(listed), 'status': log.status, 'model': log.eval.model, 'head': [s.name for s in head.results.scores],
  'accuracy': {s.name: s.metrics['accuracy'].value for s in log.results.scores},
  'means': {s.name: mean(s.name) for s in log.results.scores},
  'none': [s.id for s in log.samples if s.scores['market-price'].value == 'N'],
  'usage': {m: [u.input_tokens, u.output_tokens, u.total_cost] for m, u in head.stats.model_usage.items()},
  'calls': len(calls), 'errors': [e.error for e in calls if e.error], 'replies': sorted({e.output.completion for e in calls}),
  'spans': sorted({e.name for s in log.samples for e in s.events if e.event == 'span_begin'}),
  'summaries': [s.id for s in read_eval_log_sample_summaries(listed[0])],
  'one': read_eval_log_sample(listed[0], id='q003').target,
  'input': log.samples[3].input, 'answer': log.samples[3].scores['mean'].answer, 'created': log.eval.created,
}))`);
  assert.equal(read.listed, 1, 'inspect view lists it by its name');
  assert.deepEqual([read.status, read.model, read.one, read.input], ['success', 'steady, vague', 'No', 'Question 3?']);
  assert.ok(read.created.startsWith(new Date().getUTCFullYear().toString()), read.created);
  assert.equal(read.summaries.length, QUESTIONS);
  assert.equal(read.none.length, QUESTIONS, 'this set has no market price');
  assert.ok(!('market-price' in read.accuracy), 'a method without any answer has no figures');
  for (const [method, accuracy] of Object.entries(read.accuracy)) {
    assert.ok(Math.abs(accuracy - read.means[method]) < 1e-12, `${method}: ${accuracy} and ${read.means[method]}`);
    assert.ok(read.head.includes(method));
  }
  assert.equal(read.calls, mock.journal().length, 'every call is in the transcripts');
  assert.ok(read.errors.length >= 2, 'and what could not be read says so');
  assert.ok(read.replies.includes('Who knows?'));
  assert.deepEqual(read.spans, ['panel']);
  const steady = mock.journal().filter(({ body }) => body.model === 'steady').length;
  assert.deepEqual(read.usage.steady.slice(0, 2), [400 * steady, 60 * steady]);
  assert.ok(Math.abs(read.usage.steady[2] - (steady * 520) / 1e6) < 1e-9);

  const slim = await at('export', 'inspect', 'set', '--no-calls', '--out', 'slim.json');
  assert.equal(slim.code, 0, slim.stderr);
  const events = await ask('import json; from inspect_ai.log import read_eval_log; print(json.dumps(sum(len(s.events) for s in read_eval_log("slim.json").samples)))');
  assert.equal(events, 0);
});

test('OpenTelemetry: the spans fit its schema and its names, and are the same every time', { skip }, async () => {
  const saved = await at('export', 'spans', 'set', '--provider', 'openai', '--out', 'spans.json');
  assert.equal(saved.code, 0, saved.stderr);
  const again = await at('export', 'spans', 'set', '--provider', 'openai', '--out', '-');
  assert.equal(again.stdout, await readFile(join(folder, 'spans.json'), 'utf8'));
  const read = await ask(`
import json
from google.protobuf.json_format import Parse
from opentelemetry.proto.trace.v1.trace_pb2 import TracesData, Span, Status
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes as names
known = {v for k, v in vars(names).items() if k.isupper() and isinstance(v, str)}
raw = json.load(open('spans.json'))
data = Parse(json.dumps(raw), TracesData())       # refuses fields and enums that there are none
plain = [s for r in raw['resourceSpans'] for c in r['scopeSpans'] for s in c['spans']]
spans = [s for r in data.resource_spans for c in r.scope_spans for s in c.spans]
value = lambda v: getattr(v, v.WhichOneof('value'))
of = lambda s: {a.key: value(a.value) for a in s.attributes}
calls = [s for s in spans if s.kind == Span.SPAN_KIND_CLIENT]
first = of(calls[0])
print(json.dumps({
  'spans': len(spans), 'calls': len(calls), 'traces': len({s['traceId'] for s in plain}), 'ids': len({s['spanId'] for s in plain}),
  'digits': sorted({(len(s['traceId']), len(s['spanId'])) for s in plain}),
  'orphans': [s['name'] for s in plain if 'parentSpanId' in s and not any(p['spanId'] == s['parentSpanId'] and p['traceId'] == s['traceId'] for p in plain)],
  'unknown': sorted({a.key for s in spans for a in s.attributes if a.key.startswith('gen_ai.') and a.key not in known}),
  'backwards': [s.name for s in spans if s.end_time_unix_nano < s.start_time_unix_nano or s.start_time_unix_nano < 10**18],
  'failed': sum(s.status.code == Status.STATUS_CODE_ERROR for s in calls),
  'name': calls[0].name, 'provider': first['gen_ai.provider.name'], 'model': first['gen_ai.request.model'],
  'tokens': sum(of(s).get('gen_ai.usage.input_tokens', 0) for s in calls if of(s)['gen_ai.request.model'] == 'steady'),
  'finish': [v.string_value for v in first['gen_ai.response.finish_reasons'].values],
  'texts': any('messages' in a.key for s in spans for a in s.attributes),
}, default=str))`);
  const calls = mock.journal().length;
  const steady = mock.journal().filter(({ body }) => body.model === 'steady').length;
  assert.deepEqual([read.spans, read.calls, read.traces, read.ids], [QUESTIONS + calls, calls, QUESTIONS, QUESTIONS + calls]);
  assert.deepEqual([read.digits, read.orphans, read.unknown, read.backwards], [[[32, 16]], [], [], []]);
  assert.deepEqual([read.provider, read.finish, read.texts], ['openai', ['stop'], false]);
  assert.equal(read.name, `chat ${read.model}`);
  assert.equal(read.tokens, 400 * steady);
  assert.ok(read.failed >= 2);

  const one = (await readdir(join(folder, 'set/runs')))[0];
  const texts = await at('export', 'spans', `set/runs/${one}`, '--texts', '--out', '-');
  const messages = JSON.parse(texts.stdout).resourceSpans[0].scopeSpans[0].spans[1].attributes.find(({ key }) => key === 'gen_ai.input.messages');
  assert.equal(JSON.parse(messages.value.stringValue)[0].role, 'system');
});

test('pandas reads the table without an argument', { skip }, async () => {
  const saved = await at('export', 'csv', 'set', '--out', 'table.csv');
  assert.equal(saved.code, 0, saved.stderr);
  assert.equal(await readFile(join(folder, 'table.csv'), 'utf8'), await readFile(join(folder, 'set/results.csv'), 'utf8'));
  const read = await ask(`
import json, pandas
t = pandas.read_csv('table.csv')
print(json.dumps({'shape': t.shape, 'types': {c: t[c].dtype.kind for c in t.columns}, 'categories': sorted(t.category.unique()),
  'accuracy': t.groupby('method')['right'].mean().dropna().to_dict(), 'brier': t[t.method == 'mean'].brier.mean()}))`);
  const rows = await tidy();
  assert.deepEqual(read.shape, [rows.length, 15]);
  for (const column of ['outcomes', 'answer', 'calls', 'tokens']) assert.equal(read.types[column], 'i', column);
  for (const column of ['p_answer', 'right', 'brier', 'log', 'cost_usd', 'latency_s']) assert.ok('if'.includes(read.types[column]), column);
  assert.deepEqual(read.categories, ['even', 'odd, with a comma']);
  const mean = rows.filter(({ method }) => method === 'mean');
  assert.equal(mean.length, QUESTIONS);
  assert.ok(Math.abs(read.accuracy.mean - mean.filter(({ right }) => right === '1').length / QUESTIONS) < 1e-12);
  assert.ok(Math.abs(read.brier - mean.reduce((sum, { brier }) => sum + Number(brier), 0) / QUESTIONS) < 1e-9);
});

test('R reads the table without an argument', { skip: noR }, async () => {
  const read = `
t <- read.csv('set/results.csv')
means <- aggregate(cbind(right, brier) ~ method, t, mean)
cat(nrow(t), ncol(t), sum(sapply(t[c('outcomes', 'answer', 'p_answer', 'brier', 'log', 'calls', 'tokens', 'cost_usd', 'latency_s')], is.numeric)), '\\n')
cat(sprintf('%s %.12f %.12f\\n', means$method, means$right, means$brier), sep = '')
cat(levels(factor(t$category)), sep = '\\n')`;
  const [size, ...lines] = (await run('Rscript', ['--vanilla', '-e', read], { cwd: folder })).stdout.trim().split('\n');
  const rows = await tidy();
  assert.equal(size.trim(), `${rows.length} 15 9`);
  assert.deepEqual(lines.slice(-2), ['even', 'odd, with a comma']);
  const methods = lines.slice(0, -2).map((line) => line.split(' '));
  assert.deepEqual(methods.map(([name]) => name).sort(), [...new Set(rows.filter(({ right }) => right !== '').map(({ method }) => method))].sort());
  for (const [name, right, brier] of methods) {
    const answered = rows.filter((row) => row.method === name && row.right !== '');
    const mean = (column) => answered.reduce((sum, row) => sum + Number(row[column]), 0) / answered.length;
    assert.ok(Math.abs(mean('right') - right) < 1e-9 && Math.abs(mean('brier') - brier) < 1e-9, name);
  }
});

test('what is no evaluation is refused in words', async () => {
  for (const [args, words] of [
    [['inspect', folder], /no evaluation/],
    [['csv', 'set', 'set'], /one evaluation at a time/],
    [['spans', 'panel.json', '--out', '-'], /not a run/],
  ]) {
    const { code, stderr } = await at('export', ...args);
    assert.equal(code, 2);
    assert.match(stderr, words);
  }
});
