// The page is quick, and never deaf: from opening it to the end of a run of eight agents and ten rounds; and no task
// on the way, nor on any other page, keeps the browser from drawing for more than 50 ms.
//
// A machine that tests run on does other work as well, so a task counts with the processor time that it took, which
// the browser's own trace gives, and each step has a few tries: the best of them counts. And such machines differ, even
// from one minute to the next, so each try also measures a fixed piece of work of the same kind, in the same trace: where
// that takes longer than on the machine of reference, a task may take longer by the same factor, and by no more.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { byId, ready, startSite } from './browser.mjs';
import { file, stage } from './evaluation.mjs';
import { ended, setRules } from './steps.mjs';

const LONGEST_TASK_MILLIS = 50;
const TRIES = 4;
/** What the fixed work takes on the machine of reference while it is quiet: 2 cores of a server of 2026. */
const FIXED_WORK_MILLIS = 25;
/** A large evaluation, and how soon it must be there. */
const MANY_QUESTIONS = 10_000;
const OPEN_MANY_MILLIS = 2_000;
/** The goal is 1,500 ms on a quiet machine. */
const OPEN_AND_RUN_MILLIS = 6_000;

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

/** Work like a page's own: elements, style, layout, and some arithmetic. Each time is one task. */
async function fixedWork(page) {
  for (let time = 0; time < 3; time += 1) {
    await page.evaluate(() => {
      performance.mark('fixed work begins');
      const sheet = document.body.appendChild(document.createElement('div'));
      let sum = 0;
      for (let row = 0; row < 300; row += 1) {
        const line = sheet.appendChild(document.createElement('p'));
        for (const word of ['a price', 'is a belief', 'until it moves']) {
          line.appendChild(document.createElement('span')).textContent = `${word} ${row}`;
        }
        for (let step = 0; step < 5_000; step += 1) sum += Math.exp(-step / 1_000) * row;
      }
      sheet.title = `${sum} ${sheet.offsetHeight}`;
      sheet.remove();
      performance.mark('fixed work ends');
    });
  }
}

/**
 * The longest task of the page's main thread while `act` runs and the frames after it: `{ wall, cpu }` in ms, and what
 * the fixed work took, in ms of the processor.
 */
async function longestTask(page, act) {
  await site.browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline'] });
  await act();
  await page.evaluate(async () => {
    for (let frame = 0; frame < 20; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  });
  await fixedWork(page);
  const { traceEvents } = JSON.parse((await site.browser.stopTracing()).toString());
  const isMain = ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain';
  const threads = new Set(traceEvents.filter(isMain).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ ph, name, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && threads.has(`${pid} ${tid}`));
  const processor = ({ dur, tdur }) => tdur ?? dur;
  const begun = traceEvents.filter(({ name }) => name === 'fixed work begins').map(({ ts }) => ts);
  const isFixed = ({ ts, dur }) => begun.some((mark) => ts <= mark && mark < ts + dur);
  const [own, fixed] = [tasks.filter((task) => !isFixed(task)), begun.map((mark) => Math.max(
    ...tasks.filter(({ ts, dur }) => ts <= mark && mark < ts + dur).map(processor),
  ))];
  assert.ok(own.length > 0 && fixed.length === 3, 'the trace has the tasks of the page and the fixed work');
  const most = (values) => Math.round(Math.max(...values) / 1_000);
  const median = fixed.sort((a, b) => a - b)[1] / 1_000;
  return { wall: most(own.map(({ dur }) => dur)), cpu: most(own.map(processor)), fixed: median };
}

/** What a task may take where the fixed work took so long. */
const allowed = ({ fixed }) => LONGEST_TASK_MILLIS * Math.max(1, fixed / FIXED_WORK_MILLIS);

/** Takes a step until no task of it is too long; `prepare` brings a page to where the step begins. */
async function neverDeaf(name, prepare, act) {
  const seen = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { page, context } = await prepare();
    const longest = await longestTask(page, () => act(page));
    await context.close();
    seen.push(longest);
    if (longest.cpu <= allowed(longest)) break;
  }
  const tries = seen.map((longest) => {
    const { cpu, wall, fixed } = longest;
    return `${cpu} of ${Math.round(allowed(longest))} ms (${wall} with waits; fixed work ${fixed.toFixed(1)} ms)`;
  });
  console.log(`${name}: longest task ${tries.join(', ')}`);
  assert.ok(seen.at(-1).cpu <= allowed(seen.at(-1)), `${name}: longest task ${tries.join(', ')}`);
}

const press = (page, testId) =>
  page.evaluate((id) => document.querySelector(`[data-testid="${id}"]`).click(), testId);
const go = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);

/** A page with the form filled in for so many rounds, all of which are played. */
async function asked(rounds) {
  const opened = await site.open();
  await setRules(opened.page, { rounds, epsilon: 0 });
  return opened;
}

async function finished(rounds) {
  const opened = await asked(rounds);
  await press(opened.page, 'run-button');
  await ended(opened.page);
  return opened;
}

async function blankTab() {
  const context = await site.browser.newContext();
  return { context, page: await context.newPage() };
}

/** The link of a finished run. */
async function linkOf(page) {
  await go(page, '#/run/audit');
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  return byId(page, 'share-link').inputValue();
}

test('from opening the page to the end of a run', async () => {
  const seen = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const context = await site.browser.newContext();
    const page = await context.newPage();
    const started = performance.now();
    await page.goto(site.url);
    await ready(page);
    const mounted = performance.now();
    await setRules(page, { rounds: 10, epsilon: 0 });
    const filled = performance.now();
    await press(page, 'run-button');
    await ended(page);
    seen.push({ opened: mounted - started, run: performance.now() - filled });
    await context.close();
  }
  const total = ({ opened, run }) => opened + run;
  const best = seen.reduce((a, b) => (total(b) < total(a) ? b : a));
  const [opened, run] = [best.opened, best.run].map(Math.round);
  console.log(`8 agents, 10 rounds: ${opened + run} ms from opening the page to the end (${opened} to open, ${run} to run)`);
  assert.ok(opened + run < OPEN_AND_RUN_MILLIS, `${opened + run} ms`);
});

test('no task over 50 ms: opening the page', () =>
  neverDeaf('the page', blankTab, async (page) => {
    await page.goto(site.url);
    await ready(page);
  }));

test('no task over 50 ms: a run', () =>
  neverDeaf('press to end', () => asked(10), async (page) => {
    await press(page, 'run-button');
    await ended(page);
  }));

test('no task over 50 ms: opening each page', async () => {
  for (const hash of ['#/', '#/run', '#/run/why', '#/decide', '#/settings', '#/run/audit']) {
    const elsewhere = hash === '#/settings' ? '#/' : '#/settings';
    await neverDeaf(hash, async () => {
      const opened = await finished(10);
      await go(opened.page, elsewhere);
      await opened.page.waitForFunction(() => document.activeElement.tagName === 'H1');
      return opened;
    }, async (page) => {
      await go(page, hash);
      await page.locator('main h1').waitFor();
    });
  }
});

test('no task over 50 ms: a long run, its audit and its verification', async () => {
  await neverDeaf('audit of a long run', () => finished(60), async (page) => {
    await go(page, '#/run/audit');
    await byId(page, 'verify-button').waitFor();
  });
  await neverDeaf('verify', async () => {
    const opened = await finished(60);
    await go(opened.page, '#/run/audit');
    await byId(opened.page, 'verify-button').waitFor();
    return opened;
  }, async (page) => {
    await press(page, 'verify-button');
    await byId(page, 'verify-result').waitFor();
  });
});

test('no task over 50 ms: making a link and opening it', async () => {
  let link;
  await neverDeaf('making a link', async () => {
    const opened = await finished(60);
    await go(opened.page, '#/run/audit');
    await byId(opened.page, 'share-button').waitFor();
    return opened;
  }, async (page) => {
    link = await linkOf(page);
  });
  await neverDeaf('opening a link', () => site.open('#/settings'), async (page) => {
    await go(page, link.slice(link.indexOf('#')));
    await byId(page, 'verify-button').waitFor();
  });
  await neverDeaf('opening a link in a new tab', blankTab, async (page) => {
    await page.goto(link);
    await byId(page, 'verify-button').waitFor();
  });
});

test('no task over 50 ms: the recorded run', () =>
  neverDeaf('the recorded run', async () => {
    const opened = await site.open();
    await byId(opened.page, 'recorded-run').first().waitFor();
    return opened;
  }, async (page) => {
    await byId(page, 'recorded-run').first().click();
    await byId(page, 'summary').waitFor();
  }));

test('no task over 50 ms: scrubbing through a run of 5,000 events', async () => {
  const many = async () => {
    const opened = await asked(100);
    const { page } = opened;
    for (let agent = 8; agent < 25; agent += 1) await press(page, 'add-agent');
    await press(page, 'run-button');
    await ended(page, 120_000);
    await byId(page, 'trade-row').first().waitFor();
    const events = Number(await byId(page, 'scrubber').getAttribute('max'));
    assert.ok(events >= 5_000, `${events} events`);
    return opened;
  };
  await neverDeaf('scrubbing', many, (page) => page.evaluate(async () => {
    const scrubber = document.querySelector('[data-testid="scrubber"]');
    const drawn = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    // To and fro as a hand would, faster than anybody looks.
    for (let step = 0; step <= 60; step += 1) {
      scrubber.value = String(Math.round((Number(scrubber.max) * Math.abs(30 - step)) / 30));
      scrubber.dispatchEvent(new Event('input', { bubbles: true }));
      await drawn();
    }
  }));
});

/** A page whose browser keeps an evaluation of so many questions, which is not open: a small one, multiplied. */
async function evaluated(count) {
  const opened = await site.open('#/evaluate');
  const { page } = opened;
  const two = ['Is one odd?', 'Is two odd?'].map((question, place) => JSON.stringify({ question, outcomes: ['Yes', 'No'], answer: place }));
  await file(page, 'two.jsonl', two.join('\n'));
  await byId(page, 'evaluate-found').waitFor();
  await press(page, 'evaluate-run');
  await stage(page, 'over');
  await go(page, '#/settings');
  await page.evaluate(async (count) => {
    const settled = (request) => new Promise((is, failed) => {
      request.onsuccess = () => is(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await settled(indexedDB.open('credence'));
    const names = ['evaluations', 'evaluation-plans', 'evaluation-records'];
    const transaction = database.transaction(names, 'readwrite');
    const [heads, plans, records] = names.map((name) => transaction.objectStore(name));
    const [id] = await settled(heads.getAllKeys());
    const [head, plan, record] = (await Promise.all([heads.get(id), plans.get(id), records.get([id, 0])].map(settled))).map(JSON.parse);
    const change = (place) => ((place * 7919) % 1000) / 1000;
    plan.questions = Array.from({ length: count }, (_, place) => ({
      ...plan.questions[0], id: `q-${place}`, answer: place % 2, category: `c${place % 9}`,
      question: `Number ${place}, counted from the first that anybody wrote down in this long list: is it an odd one?`,
    }));
    heads.put(JSON.stringify({ ...head, count, done: count }), id);
    plans.put(JSON.stringify(plan), id);
    for (let place = 0; place < count; place += 1) {
      const methods = Object.entries(record.methods).map(([name, answered], shift) => {
        const p = Math.min(0.99, Math.max(0.01, change(place) + shift / 100));
        return [name, { ...answered, forecast: [p, 1 - p] }];
      });
      const { id: name, answer, category } = plan.questions[place];
      records.put(JSON.stringify({ ...record, id: name, answer, category, methods: Object.fromEntries(methods) }), [id, place]);
    }
    await new Promise((done) => { transaction.oncomplete = done; });
    database.close();
  }, count);
  await page.reload();
  await ready(page);
  return opened;
}

const figures = (page) => byId(page, 'evaluate-score').first().waitFor();
const list = (page) => byId(page, 'evaluate-question').first().waitFor();

test(`an evaluation of ${MANY_QUESTIONS} questions opens in ${OPEN_MANY_MILLIS / 1_000} s`, async () => {
  const seen = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { page, context } = await evaluated(MANY_QUESTIONS);
    const started = performance.now();
    await go(page, '#/evaluate');
    await list(page);
    const listed = performance.now() - started;
    await figures(page);
    seen.push({ listed, drawn: performance.now() - started });
    await context.close();
    if (seen.at(-1).drawn < OPEN_MANY_MILLIS) break;
  }
  const { listed, drawn } = seen.at(-1);
  console.log(`${MANY_QUESTIONS} questions: the list after ${Math.round(listed)} ms, the figures after ${Math.round(drawn)} ms`);
  assert.ok(drawn < OPEN_MANY_MILLIS, `${Math.round(drawn)} ms`);
});

test(`no task over 50 ms: an evaluation of ${MANY_QUESTIONS} questions`, () =>
  neverDeaf('opening and scrolling', () => evaluated(MANY_QUESTIONS), async (page) => {
    await go(page, '#/evaluate');
    await list(page);
    await figures(page);
    await page.evaluate(async () => {
      const end = document.documentElement.scrollHeight;
      for (let step = 0; step <= 60; step += 1) {
        scrollTo(0, (end * Math.min(step, 60 - step)) / 30);
        await new Promise((drawn) => requestAnimationFrame(drawn));
      }
    });
    await press(page, 'evaluate-later');
    await page.locator('[data-testid="evaluate-question"][data-place="50"]').waitFor();
    await page.locator('[data-testid="evaluate-result"][data-report="whole"]').waitFor({ timeout: 60_000 });
  }));

test(`no task over 50 ms: a JSON list of ${MANY_QUESTIONS} questions`, async () => {
  // From the disk: a file that a test hands over from memory is first put together in the page's own thread.
  const folder = await mkdtemp(join(tmpdir(), 'credence-list-'));
  const row = (place) => ({ id: `q-${place}`, question: `Is number ${place} of this list an odd one?`, outcomes: ['Yes', 'No'], answer: 'No' });
  const path = join(folder, 'list.json');
  await writeFile(path, JSON.stringify(Array.from({ length: MANY_QUESTIONS }, (_, place) => row(place))));
  await neverDeaf('reading a list', () => site.open('#/evaluate'), async (page) => {
    await byId(page, 'evaluate-file').setInputFiles(path);
    await page.locator(`[data-testid="evaluate-found"][data-questions="${MANY_QUESTIONS}"]`).waitFor();
  });
  await rm(folder, { recursive: true });
});
