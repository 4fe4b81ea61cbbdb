// Drives the page for ./bench real: connects a server, sets the panel up, asks a question, checks the run and says what
// happened in one record.
import { byId } from '../tests/e2e/browser.mjs';
import { connect, ended, exported, verified } from '../tests/e2e/steps.mjs';
import { keepAndConnect } from '../tests/e2e/tab-model.mjs';

/** How the page is set up for each mode. `json` takes a kind of server that knows Chat and JSON without a schema. */
export const MODES = {
  stated: { alone: true },
  json: { alone: true, preset: 'deepseek' },
  label: { alone: true, label: true },
  reversed: { alone: true, reversed: true },
  market: {},
  'market-label': { label: true },
  'maker-trader': { turns: true },
};
/** The kind of server that speaks each protocol. */
export const PROTOCOLS = { chat: 'compatible', responses: 'openai-responses', anthropic: 'anthropic' };

// For the slowest models on the slowest machines.
const PATIENCE_SECONDS = 900;
// The reversed question where nobody wrote one.
const OPPOSITE = (question) => `Is “No” the right answer to this question: ${question}`;
// Everybody's seed: with the same marks around the data, servers read the beginning of a prompt only once.
const SEED = 'c0ffee0000000001';

/** A page that is ready to ask in one mode. */
export async function openPanel(site, mode, options) {
  const { page, context } = await site.open('#/settings');
  const how = MODES[mode];
  if (options.server === 'tab') await keepAndConnect(page, options.tokens ?? 300);
  else await connect(page, { preset: how.preset ?? PROTOCOLS[options.protocol], baseUrl: options.server, model: options.model, answerTokens: options.tokens });
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'panel-models').check({ force: true });
  if (how.turns) await byId(page, 'mode-maker-trader').check({ force: true });
  const agents = how.alone ? 1 : Number(options.agents);
  for (let place = 2; place >= agents; place -= 1) await byId(page, `remove-agent-${place}`).click();
  for (let place = 3; place < agents; place += 1) await byId(page, 'add-agent').click();
  await page.locator('details:has([data-testid="rounds-input"]) > summary').click();
  const set = (field, value) => byId(page, field).fill(String(value));
  if (how.turns) await set('mode-first-input', options.turns);
  await set('rounds-input', how.alone ? 1 : options.rounds);
  await set('seed-input', SEED);
  await set('patience-input', PATIENCE_SECONDS);
  await byId(page, 'asking-details').locator('> summary').click();
  if (how.label) await byId(page, 'elicitation').selectOption({ index: 1 });
  return { ask: (question) => ask(page, mode, options, question), close: () => context.close() };
}

/** One question from the form to the verified record. */
async function ask(page, mode, { model, protocol, agents, rounds, turns }, question) {
  const begin = Date.now();
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'question-input').fill(question.question.trim());
  for (const [place, name] of question.outcomes.entries()) await byId(page, `outcome-input-${place}`).fill(name);
  // Back from a run, what was open is closed.
  const asking = byId(page, 'asking-details').locator('> summary');
  if (MODES[mode].reversed && !(await byId(page, 'reversed-input').isVisible())) await asking.click();
  if (MODES[mode].reversed) await byId(page, 'reversed-input').fill(question.reversed ?? OPPOSITE(question.question.trim()));
  await byId(page, 'run-button').click();
  // The status of the run before goes with its page.
  await page.waitForURL(/#\/run/);
  const status = await ended(page, 4 * PATIENCE_SECONDS * 1000);
  const seconds = (Date.now() - begin) / 1000;
  const verdict = await verified(page);
  const { run } = await exported(page);
  const size = MODES[mode].alone ? {} : { agents: Number(agents), ...(MODES[mode].turns ? { turns: Number(turns) } : { rounds: Number(rounds) }) };
  return { bench: 'real', mode, protocol, model, ...size, ...question, status, verified: verdict, seconds, ...facts(run) };
}

/** What a run file says: the answer, and every call with the time it took. */
function facts(run) {
  const of = (type) => run.events.filter(({ event }) => event.type === type).map(({ event }) => event);
  const [closed] = of('closed');
  const timings = [...run.timings.entries];
  const timed = ({ round, agent, purpose }) => {
    const place = timings.findIndex((one) => one.round === round && one.agent === agent && one.purpose === purpose);
    return place < 0 ? {} : timings.splice(place, 1)[0];
  };
  return {
    reason: closed.reason,
    prices: closed.prices,
    head: run.head.digest,
    totals: closed.totals,
    forecasts: of('forecast').map(({ round, agent, forecast }) => ({
      round, agent, beliefs: forecast.beliefs, incoherence: forecast.incoherence,
    })),
    failures: of('failed').map(({ round, agent, failure }) => ({ round, agent, kind: failure.kind })),
    calls: of('call').map((call) => {
      const { latency_millis, retries } = timed(call);
      return {
        round: call.round, agent: call.agent, purpose: call.purpose, format: call.format, ...call.parse,
        reply: call.reply, finish: call.finish_reason, read: call.prompt_tokens, written: call.completion_tokens,
        seconds: latency_millis / 1000, retries,
      };
    }),
  };
}
