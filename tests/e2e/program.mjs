// The native program `credence` for tests, with questions and a panel of models for it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const ROOT = new URL('../..', import.meta.url).pathname;

/** Builds the program as the native tests do, so that nothing is built twice; where it lies. */
export async function program() {
  await run('cargo', ['test', '--locked', '--quiet', '--no-run', '--test', 'cli'], { cwd: ROOT });
  return `${ROOT}target/debug/credence`;
}

/** Whoever runs the tests may have a proxy; loopback servers want none. */
export const environment = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !/proxy/i.test(name)));

/** Starts a program; its exit code and what it says. */
export async function outcome(command, args, options = {}) {
  const done = await run(command, args, { env: environment(), maxBuffer: 1 << 26, ...options }).catch((failed) => failed);
  return { code: done.code ?? 0, stdout: done.stdout ?? '', stderr: done.stderr ?? String(done) };
}

/** A set-up of models, for any question. */
export function panel(models, { rounds = 2, price } = {}) {
  const agent = (model) => ({
    name: `Agent ${model}`,
    budget_micros: 100_000_000,
    kind: { type: 'model', model, temperature: 0.5, max_tokens: 300, persona: '', ...(price && { price }) },
  });
  return {
    question: 'Is it?', outcomes: ['Yes', 'No'], prior: [0.5, 0.5], mode: 'market', liquidity_micros: 20_000_000, seed: '0000000000000001',
    sizing: { rule: 'evidence', rho: 0.9 }, stop: { epsilon: 0.01, max_rounds: rounds }, agents: models.map(agent),
  };
}

/** Questions as JSONL; one in four is answered No. */
export function questions(count) {
  const row = (k) => ({ id: `q${String(k).padStart(3, '0')}`, question: `Question ${k}?`, outcomes: ['Yes', 'No'], answer: k % 4 === 3 ? 'No' : 'Yes', category: k % 2 ? 'odd, with a comma' : 'even' });
  return Array.from({ length: count }, (_, k) => JSON.stringify(row(k))).join('\n');
}

/** What a model answers. */
export const belief = (p) => ({ beliefs: [p, 1 - p], headline: 'I say so', reasoning: 'Because of the tide.', evidence: ['the log'] });
