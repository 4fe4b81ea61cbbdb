// Steps that the stories about Evaluate share: questions, a panel of models, methods, and what the page says of them.
import { byId } from './browser.mjs';
import { connect } from './steps.mjs';

export const hash = (page, to) => page.evaluate((there) => { location.hash = there; }, to);
export const result = (page) => byId(page, 'evaluate-result');
export const stage = (page, name) =>
  page.locator(`[data-testid="evaluate-result"][data-stage="${name}"]`).waitFor({ timeout: 60_000 });
export const drawn = (page) =>
  page.locator('[data-testid="evaluate-result"][data-report="whole"]').waitFor({ timeout: 60_000 });
/** The table: a method's figures by its name. */
export const scores = (page) =>
  byId(page, 'evaluate-score').evaluateAll((rows) => Object.fromEntries(rows.map(({ dataset }) => [dataset.method, { ...dataset }])));
/** Questions with a record. */
export const done = async (page) => Number(await byId(page, 'evaluate-figures').getAttribute('data-done'));

/** Gives the page a file. */
export const file = (page, name, text) =>
  byId(page, 'evaluate-file').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** Lines of questions whose answers are yes and no in turn. */
export const lines = (count, from = 0) =>
  Array.from({ length: count }, (_, place) =>
    JSON.stringify({
      id: `q${from + place}`, question: `Is number ${from + place} even?`, outcomes: ['Yes', 'No'],
      answer: place % 2 ? 'No' : 'Yes', category: place < count / 2 ? 'low' : 'high',
    }),
  ).join('\n');

/** A page on Evaluate whose panel is made of these models of a mock; it answers what `site.open` does. */
export async function onEvaluate(site, mock, models, { atOnce = 2, rounds = 1 } = {}) {
  const opened = await site.open('');
  const { page } = opened;
  await connect(page, { baseUrl: mock.baseUrl, model: models[0], atOnce });
  await hash(page, '#/');
  await byId(page, 'panel-models').check({ force: true });
  for (const [place, model] of models.entries()) await byId(page, `agent-model-${place}`).fill(model);
  while ((await page.locator('[data-testid^="agent-model-"]').count()) > models.length) {
    await page.locator('[data-testid^="remove-agent-"]').last().click();
  }
  await page.locator('details:has([data-testid="rounds-input"]) > summary').click();
  await byId(page, 'rounds-input').fill(String(rounds));
  await hash(page, '#/evaluate');
  await byId(page, 'evaluate-file').waitFor({ state: 'attached' });
  return opened;
}

/** Only these methods. */
export async function tick(page, ...names) {
  const ticked = page.locator('[data-testid^="evaluate-method-"]');
  for (const box of await ticked.all()) {
    const name = (await box.getAttribute('data-testid')).slice('evaluate-method-'.length);
    await box.setChecked(names.includes(name));
  }
}

/** Begins, once the estimate was seen. */
export async function start(page) {
  await byId(page, 'evaluate-run').click();
  await byId(page, 'evaluate-start').click();
}

/** How many replies are kept on the device. */
export const keptReplies = (page) =>
  page.evaluate(async () => {
    const settled = (request) => new Promise((is, failed) => {
      request.onsuccess = () => is(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await settled(indexedDB.open('credence'));
    try {
      return await settled(database.transaction('kept-replies').objectStore('kept-replies').count());
    } finally {
      database.close();
    }
  });
