// The figures of ./bench real: which questions are drawn, how many answers could be read, and how right the methods
// are. Pure functions of the runs' records.

const METHODS = [
  ['single', 'single-shot, stated', ({ market }) => market && first(market)],
  ['label', 'single-shot, label', ({ label }) => label && first(label)],
  ['mean', 'mean of the blind beliefs', ({ market }) => market && meanOfBlind(market)],
  ['market', 'Market', ({ market }) => market?.prices],
  ['maker alone', 'maker–trader, first quote', (runs) => runs['maker-trader'] && first(runs['maker-trader'])],
  ['maker-trader', 'maker–trader', (runs) => runs['maker-trader']?.prices],
];
const CALLS = { single: 1, label: 1, 'maker alone': 1 };
const PAIRS = [['market', 'single'], ['maker-trader', 'single'], ['market', 'maker-trader'], ['market', 'mean'], ['label', 'single']];
const RESAMPLES = 10_000;

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many questions with two outcomes, shuffled by the seed, each answer in turn. */
export function chosen(questions, limit, seed) {
  const next = random(seed);
  const all = questions.filter(({ outcomes }) => outcomes.length === 2);
  for (let place = all.length - 1; place > 0; place -= 1) {
    const other = Math.floor(next() * (place + 1));
    [all[place], all[other]] = [all[other], all[place]];
  }
  const piles = groups(all, ({ answer }) => answer).map(([, pile]) => pile);
  const rows = Math.max(...piles.map((pile) => pile.length));
  const turns = Array.from({ length: rows }, (_, row) => piles.map((pile) => pile[row])).flat();
  return turns.filter(Boolean).slice(0, limit);
}

/** The first belief of the first agent; without one, even odds. */
function first({ forecasts }) {
  return forecasts.find(({ round, agent }) => round === 1 && agent === 0)?.beliefs ?? [0.5, 0.5];
}

function meanOfBlind({ forecasts }) {
  const blind = forecasts.filter(({ round }) => round === 1);
  return [0, 1].map((place) => (blind.length > 0 ? mean(blind.map(({ beliefs }) => beliefs[place])) : 0.5));
}

/** The items by a name, in the order in which the names first came. */
function groups(items, nameOf) {
  const found = new Map();
  for (const item of items) found.set(nameOf(item), [...(found.get(nameOf(item)) ?? []), item]);
  return [...found];
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** How often each model's answers could be read, by protocol and mode. */
export function parsing(runs) {
  const cells = groups(runs, ({ model, protocol, mode }) => `${model} · ${protocol} · ${mode}`);
  const rows = cells.map(([name, runs]) => {
    const answers = runs.flatMap(({ calls }) => answersOf(calls));
    const calls = answers.flatMap(({ calls }) => calls);
    const count = (kind) => answers.filter((answer) => answer.end === kind).length;
    const failed = answers.filter(({ end }) => end === 'failed').map(({ calls }) => calls.at(-1).problem);
    const kinds = groups(failed, kindOf).map(([kind, all]) => `${all.length} ${kind}`);
    return [
      name, answers.length, count('read'), count('repaired'), count('stated instead'), kinds.join(', ') || '0',
      (calls.reduce((sum, { seconds }) => sum + seconds, 0) / answers.length).toFixed(1),
      mean(calls.map(({ read }) => read ?? 0)).toFixed(0), mean(calls.map(({ written }) => written ?? 0)).toFixed(0),
      `${runs.filter(({ verified }) => verified === 'verified').length}/${runs.length}`,
    ];
  });
  const head = ['model · protocol · mode', 'asked', 'read at once', 'repaired', 'stated instead', 'failed', 's an answer', 'read a call', 'written a call', 'verified'];
  return table(head, rows);
}

/** Each question put to a model, with the repair or the other form that it took, and how it ended. */
function answersOf(calls) {
  const answers = [];
  for (const call of calls) {
    const last = answers.at(-1);
    const goesOn = call.purpose === 'repair' || (call.purpose === 'forecast' && last?.calls[0].purpose === 'label');
    if (goesOn && last.agent === call.agent && last.round === call.round) last.calls.push(call);
    else answers.push({ agent: call.agent, round: call.round, calls: [call] });
  }
  const end = ({ calls }) => {
    if (calls.at(-1).status !== 'ok') return 'failed';
    if (calls.length === 1) return 'read';
    return calls[0].purpose === 'label' ? 'stated instead' : 'repaired';
  };
  return answers.map((answer) => ({ ...answer, end: end(answer) }));
}

/** Kinds of trouble: the numbers in the parser's words do not make another kind. */
const kindOf = (problem) => (problem ?? 'unknown').replace(/\(.*\)/, '').replaceAll(/-?\d+(\.\d+)?/g, 'N').trim();

/** Accuracy and Brier score of every method on the questions that all of them answered, and their differences. */
export function methods(runs, seed) {
  const byQuestion = groups(runs.filter(({ answer }) => answer), ({ id }) => id);
  const asked = byQuestion.map(([, runs]) => Object.fromEntries(runs.map((run) => [run.mode, run])));
  const used = METHODS.filter(([, , read]) => asked.some(read));
  const whole = asked.filter((runs) => used.every(([, , read]) => read(runs)));
  if (!used.some(([name]) => name === 'market' || name === 'maker-trader') || whole.length === 0) return '';
  const scores = Object.fromEntries(used.map(([name, , read]) => [name, whole.map((runs) => score(read(runs), Object.values(runs)[0]))]));
  const next = random(seed);
  // The same resamples for all methods, so that differences are paired.
  const draws = Array.from({ length: RESAMPLES }, () => whole.map(() => Math.floor(next() * whole.length)));
  const cell = (values, digits = 3) => `${mean(values).toFixed(digits)} [${interval(values, draws).map((end) => end.toFixed(digits)).join(', ')}]`;
  const calls = (name) => CALLS[name] ?? mean(whole.map((runs) => runs[name === 'mean' ? 'market' : name].calls.filter(({ round }) => name !== 'mean' || round === 1).length));
  const rows = used.map(([name, title]) => [
    title, calls(name).toFixed(1), cell(scores[name].map(({ right }) => right), 2), cell(scores[name].map(({ brier }) => brier)),
  ]);
  const differences = PAIRS.filter((pair) => pair.every((name) => scores[name])).map(([one, other]) => {
    const difference = (what) => scores[one].map((score, place) => score[what] - scores[other][place][what]);
    return [`${one} − ${other}`, '', cell(difference('right'), 2), cell(difference('brier'))];
  });
  const head = [`method, ${whole.length} questions`, 'calls', 'accuracy [95 %]', 'Brier [95 %]'];
  return `\n${table(head, [...rows, ...differences])}`;
}

/** Right or wrong (even odds are half right), and the Brier score. */
function score(prices, { outcomes, answer }) {
  const truth = outcomes.indexOf(answer);
  const most = Math.max(...prices);
  const likeliest = prices.filter((price) => price === most).length;
  return {
    right: prices[truth] === most ? 1 / likeliest : 0,
    brier: prices.reduce((sum, price, place) => sum + (price - Number(place === truth)) ** 2, 0) / 2,
  };
}

/** The middle 95 % of the means over the resamples. */
function interval(values, draws) {
  const means = draws.map((draw) => mean(draw.map((place) => values[place]))).sort((a, b) => a - b);
  return [0.025, 0.975].map((part) => means[Math.round(part * (means.length - 1))]);
}

/** A table in Markdown, as BENCHMARKS.md keeps it. */
function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map((_, place) => (place === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)].join('\n');
}
