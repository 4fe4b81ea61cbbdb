// Makers and guards: each chosen on the first page, run, verified, exported, and opened again from its link.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { byId, startSite } from './browser.mjs';
import { ended, exported, verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

/** Opens the disclosure and chooses. */
async function choose(page, ...ids) {
  await page.locator('[data-testid="market-details"] > summary').click();
  for (const id of ids) await byId(page, id).check();
}

for (const [maker, kind] of [['maker-ls-lmsr', 'ls_lmsr'], ['maker-cpmm', 'cpmm'], ['maker-quadratic', 'quadratic'], ['maker-pm-amm', 'pm_amm']]) {
  test(`a run of ${kind}`, async () => {
    const { page, watch } = await site.open();
    await choose(page, maker, 'guard-trim');
    await byId(page, 'run-button').click();
    await ended(page);
    assert.equal(await verified(page), 'verified');
    const { run } = await exported(page);
    assert.equal(run.spec.maker.kind, kind);
    assert.equal(run.spec.guard.kind, 'trim');
    await byId(page, 'share-button').click();
    const link = await byId(page, 'share-link').inputValue();
    const opened = await site.open(link.slice(link.indexOf('#')));
    assert.equal(await byId(opened.page, 'head-digest').textContent(), run.head.digest);
    watch.noConsoleErrors();
  });
}

test('what does not fit is not offered', async () => {
  const { page } = await site.open();
  await page.locator('[data-testid="market-details"] > summary').click();
  assert.ok(await byId(page, 'maker-pm-amm').isEnabled());
  await byId(page, 'add-outcome').click();
  assert.ok(await byId(page, 'maker-pm-amm').isDisabled());
});
