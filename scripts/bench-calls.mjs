// The program's time per call against a bare asyncio client: 16 in flight on one mock server of 100 ms, in turn
//
// Both send the same requests to the same server, 16 at once, and read every streamed answer to its end. The bare client
// (scripts/bare_client.py) does nothing else and is timed from its first request to its last answer; `credence evaluate`
// also makes prompts, parses, trades, hashes, keeps every reply and every run, waits for the slowest agent of each round,
// and is timed from its start as a process to its tables. They take turns, and the median of the turns counts. `--json` prints one object. Builds the program as
// `cargo install` does.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lateAnswer, startAimock } from '../tests/e2e/aimock.mjs';
import { belief, environment, panel, questions, ROOT } from '../tests/e2e/program.mjs';

const run = promisify(execFile);
const AT_ONCE = 16;
const AGENTS = 5;
const ROUNDS = 2;
const QUESTIONS = 80;
const TURNS = 5;
const LATENCY_MILLIS = 100;
const json = process.argv.includes('--json');

execFileSync('cargo', ['build', '--quiet', '--locked', '--release', '--bin', 'credence'], { cwd: ROOT, stdio: 'inherit' });
const credence = join(ROOT, 'target/release/credence');
const folder = await mkdtemp(join(tmpdir(), 'credence-calls-'));
const mock = await startAimock([{ ...lateAnswer(LATENCY_MILLIS, belief(0.7)), match: {} }]);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** How often the evaluation calls. */
let calls = 1;

/** One evaluation; milliseconds for each call. */
async function program(turn) {
  const begin = performance.now();
  const args = ['evaluate', 'questions.jsonl', 'panel.json', '--server', mock.baseUrl, '--methods', 'panel', '--at-once', String(AT_ONCE)];
  await run(credence, [...args, '--quiet', '--out', `turn-${turn}`], { cwd: folder, env: environment() });
  return (performance.now() - begin) / calls;
}

/** The same requests without it; milliseconds for each call. */
async function bare() {
  const { stdout } = await run('python3', [join(ROOT, 'scripts/bare_client.py'), mock.origin, 'requests.json', String(AT_ONCE)], { cwd: folder });
  return (Number(stdout) * 1_000) / calls;
}

try {
  await writeFile(join(folder, 'questions.jsonl'), questions(QUESTIONS));
  await writeFile(join(folder, 'panel.json'), JSON.stringify(panel(Array.from({ length: AGENTS }, (_, k) => `model-${k}`), { rounds: ROUNDS })));
  await program('first'); // warms both up, and shows what is sent
  const sent = mock.journal().map(({ body: { _endpointType, _context, ...body } }) => body);
  calls = sent.length;
  await writeFile(join(folder, 'requests.json'), JSON.stringify(sent));
  const times = { program: [], bare: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    times.program.push(await program(turn));
    times.bare.push(await bare());
  }
  const result = {
    bench: 'calls', calls, at_once: AT_ONCE, latency_ms: LATENCY_MILLIS, turns: TURNS,
    program_ms_per_call: median(times.program), bare_ms_per_call: median(times.bare), ratio: median(times.program) / median(times.bare),
  };
  if (json) {
    console.log(JSON.stringify(result));
  } else {
    console.log(`${calls} calls, ${AT_ONCE} at once, ${LATENCY_MILLIS} ms each, median of ${TURNS} turns, ms a call`);
    console.log('program   bare  ratio');
    const cell = (number, digits, width) => number.toFixed(digits).padStart(width);
    console.log([cell(result.program_ms_per_call, 3, 7), cell(result.bare_ms_per_call, 3, 6), cell(result.ratio, 3, 6)].join(' '));
  }
} finally {
  await mock.stop();
  await rm(folder, { recursive: true, force: true });
}
