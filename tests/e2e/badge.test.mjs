// A run in which agents failed says so wherever it is met: while it is watched and after, on the Audit page, in the list
// of past runs, behind every tier of its link, embedded, in a file and in the file opened again, in its table, memo and
// picture, in the tab's title and in what its own summary claims.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { axe, byId, screenshot, startSite } from './browser.mjs';
import { refuses, says, startServer } from './server.mjs';
import { connect, ended, modelPanel, verified } from './steps.mjs';

let site, server;
before(async () => {
  site = await startSite();
  server = await startServer(({ body: { model } }) => {
    if (model === 'keyless') return refuses(401, 'No key');
    const p = model === 'steady' ? 0.75 : 0.25;
    return says({ beliefs: [p, 1 - p], headline: 'A reason', reasoning: 'Because of this.' });
  });
});
after(async () => {
  await site.close();
  await server.stop();
});

const FAILURES = 2;
const go = (page, route) => page.evaluate((hash) => { location.hash = hash; }, route);

/** The badge is there, in words and as a number, and the tab's title has it. */
async function worn(page, where, { titled = true } = {}) {
  const badge = byId(page, 'failures').first();
  await badge.waitFor();
  assert.equal(await badge.getAttribute('data-value'), String(FAILURES), where);
  assert.equal(await badge.textContent(), `${FAILURES} failures`, where);
  assert.ok(await badge.isVisible(), where);
  if (titled) assert.match(await page.title(), /2 failures/, where);
}

/** Presses a button and gives the file that is saved; its name has the failures, too. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), byId(page, button).click()]);
  assert.match(download.suggestedFilename(), /-2-failures\.credence\.\w+$/);
  return readFile(await download.path(), 'utf8');
}

test('a run with failures wears its badge everywhere', async () => {
  const { page, context, watch } = await site.open();
  await connect(page, { baseUrl: server.baseUrl, model: 'steady', atOnce: 4 });
  await modelPanel(page, { question: 'Does it show?', models: ['steady', 'keyless', 'other'], rounds: 2 });
  await byId(page, 'run-button').click();
  assert.ok(['converged', 'undecided'].includes(await ended(page)));

  await worn(page, 'Watch');
  assert.match(await byId(page, 'summary').textContent(), /2 answers failed, and 1 of 3 agents never had a say/);
  const row = page.locator('[data-testid="agent-row"][data-agent="1"]');
  assert.match(await row.getByTestId('agent-failure').textContent(), /Key refused .*key/);
  assert.match(await page.locator('meta[name="description"]').getAttribute('content'), /2 failures/);
  await page.setViewportSize({ width: 390, height: 844 });
  await worn(page, 'Watch on a phone');
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 1280, height: 800 });

  assert.equal(await verified(page), 'verified');
  await worn(page, 'Audit');
  assert.equal(await page.locator('[data-testid="event-row"][data-type="failed"]').count(), FAILURES);

  const file = await saved(page, 'export-run');
  assert.equal(JSON.parse(file).events.at(-1).event.totals.failures, FAILURES);
  const rows = (await saved(page, 'export-csv')).split('\r\n').filter((line) => line.split(',')[2] === 'failed');
  assert.equal(rows.length, FAILURES);
  assert.match(await saved(page, 'export-memo'), /2 answers failed, and 1 of 3 agents/);

  await byId(page, 'share-button').click();
  const links = [];
  for (const tier of ['numbers', 'headlines', 'everything']) {
    const before = links.at(-1)?.link;
    await byId(page, `share-tier-${tier}`).check({ force: true });
    await page.waitForFunction((before) => {
      const value = document.querySelector('[data-testid="share-link"]')?.value;
      return value && value !== before;
    }, before);
    assert.match(await page.locator('dialog[open]').textContent(), /2 failures/, 'the dialog counts them');
    links.push({ tier, link: await byId(page, 'share-link').inputValue() });
  }
  await byId(page, 'share-picture').locator('summary').click();
  assert.match(await saved(page, 'share-svg'), /2 failures/);
  await page.keyboard.press('Escape');
  await go(page, '#/runs');
  const kept = byId(page, 'run-row').filter({ hasText: 'Does it show?' });
  assert.equal(await kept.getByTestId('run-failures').textContent(), '2 failures');

  // Elsewhere: where neither the connection nor the run is known.
  const { page: other, watch: seen } = await site.open();
  for (const { tier, link } of links) {
    for (const parameters of ['', '?embed=1']) {
      await other.goto(link + parameters);
      await byId(other, 'verify-button').waitFor();
      await worn(other, `shared, ${tier} ${parameters}`);
    }
  }
  await screenshot(other, 'badge-embedded');
  await other.route('https://files.example/run.json', (route) => {
    return route.fulfill({ body: file, headers: { 'access-control-allow-origin': '*' } });
  });
  await other.goto(`${site.url}#/u/${encodeURIComponent('https://files.example/run.json')}`);
  await byId(other, 'verify-button').waitFor();
  await worn(other, 'a file on the web');
  await go(other, '#/');
  await byId(other, 'import-run').setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await byId(other, 'verify-button').waitFor();
  await worn(other, 'the file, opened again');
  await go(other, '#/run');
  await worn(other, 'the file, watched');
  await go(other, '#/runs');
  assert.equal(await byId(other, 'run-failures').textContent(), '2 failures');
  watch.noConsoleErrors({ except: [/status of 401/] });
  seen.noConsoleErrors();
  await context.close();
});
