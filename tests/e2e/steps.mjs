// Steps that several stories share: end a run, check it, connect a model server.
import { readFile } from 'node:fs/promises';
import { byId } from './browser.mjs';

/** Waits until the run that the page shows is over, and says how it ended. */
export async function ended(page, timeout = 60_000) {
  const over = ['converged', 'undecided', 'stopped', 'failed'].map((name) => `[data-status="${name}"]`);
  const status = page.locator(`[data-testid="status"]:is(${over})`);
  await status.waitFor({ timeout });
  return status.getAttribute('data-status');
}

/** Opens the Audit page and presses Verify. */
export async function verified(page) {
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  await byId(page, 'verify-button').click();
  await byId(page, 'verify-result').waitFor();
  return byId(page, 'verify-result').getAttribute('data-status');
}

/** Downloads the run file from the Audit page. */
export async function exported(page) {
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  const [file] = await Promise.all([page.waitForEvent('download'), byId(page, 'export-run').click()]);
  const text = await readFile(await file.path(), 'utf8');
  return { text, run: JSON.parse(text) };
}

/** Saves a connection through the form, as a person would. */
export async function connect(page, { preset, baseUrl, model, key = '', atOnce, answerTokens }) {
  await page.evaluate(() => { location.hash = '#/settings'; });
  await byId(page, 'connection-add').click();
  if (preset !== undefined) await byId(page, 'connection-preset').selectOption(preset);
  await byId(page, 'connection-base-url').fill(baseUrl);
  await byId(page, 'connection-key').fill(key);
  await byId(page, 'connection-model').fill(model);
  if (atOnce !== undefined || answerTokens !== undefined) {
    await page.locator('.connection-form details > summary').first().click();
    if (atOnce !== undefined) await page.getByLabel('Calls at once').fill(String(atOnce));
    if (answerTokens !== undefined) await byId(page, 'connection-answer-tokens').fill(String(answerTokens));
  }
  await byId(page, 'connection-save').click();
  await byId(page, 'connection-add').waitFor();
}

/** Fills the first page for a panel of models, one model name an agent, in one round unless said otherwise. */
export async function modelPanel(page, { question, models, rounds = 1, calls }) {
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'question-input').fill(question);
  await byId(page, 'panel-models').check({ force: true });
  for (const [place, model] of models.entries()) await byId(page, `agent-model-${place}`).fill(model);
  await setRules(page, { rounds, calls });
}

/** Opens the rules and sets some of them. */
export async function setRules(page, { rounds, epsilon, calls }) {
  const field = byId(page, 'rounds-input');
  if (!(await field.isVisible())) await page.locator('details:has([data-testid="rounds-input"]) > summary').click();
  await field.fill(String(rounds));
  if (epsilon !== undefined) await byId(page, 'epsilon-input').fill(String(epsilon));
  if (calls !== undefined) await byId(page, 'max-calls-input').fill(String(calls));
}

/** Sets the seed; the rules must be open. */
export async function setSeed(page, seed) {
  await byId(page, 'seed-input').fill(seed);
}
