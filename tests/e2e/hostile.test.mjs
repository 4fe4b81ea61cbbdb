// What comes from elsewhere may be anything: links that unpack without end or hold noise, and files that are no run.
// Each says in words what is wrong, and the run that is open stays open.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { axe, byId, startSite } from './browser.mjs';
import { ended, exported, verified } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

const UNPACKED_LIMIT = 8 << 20;

/** A number as links write it: seven bits a byte, the lowest first. */
function varint(number) {
  return number < 128 ? [number] : [(number & 127) | 128, ...varint(number >>> 7)];
}

/** A link text whose length is right, around any content. */
function linkOf(content) {
  return `1.${Buffer.from([...varint(content.length), ...content]).toString('base64url')}`;
}

/** A link of engine 1 with a head of zeros and no origin, before what was packed in the way `how`. */
const labelled = (how, packed) => linkOf([1, ...new Array(32).fill(0), 0, how, ...packed]);

/** Bytes that look random and are the same each time. */
function noise(count, seed) {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** Runs the example to its end; gives the digest of its head. */
async function finishedRun(options) {
  const opened = await site.open('', options);
  await byId(opened.page, 'run-button').click();
  await ended(opened.page);
  await opened.page.evaluate(() => { location.hash = '#/run/audit'; });
  return { ...opened, head: await byId(opened.page, 'head-digest').textContent() };
}

test('links that unpack without end, and links of noise', async () => {
  const { page, watch, head } = await finishedRun();
  const cannotOpen = byId(page, 'link-error');
  const open = async (code) => {
    await page.evaluate((hash) => { location.hash = hash; }, `#/r/${code}`);
    await cannotOpen.waitFor();
    const said = await cannotOpen.textContent();
    // Another link: its page must not be mistaken for this one's.
    await page.evaluate(() => { location.hash = '#/settings'; });
    await cannotOpen.waitFor({ state: 'detached' });
    return said;
  };
  const bomb = deflateRawSync(Buffer.alloc(UNPACKED_LIMIT + 1), { level: 9 });
  assert.match(await open(labelled(1, bomb)), /too large: more than 8 MiB/);
  assert.match(await open(labelled(2, [255, 255, 255, 255, 15])), /too large/, 'a length that is only claimed');
  // As large as may be unpacked, and nothing in it.
  assert.match(await open(labelled(1, deflateRawSync(Buffer.alloc(UNPACKED_LIMIT), { level: 9 }))), /damaged|cannot be/);
  for (let seed = 1; seed <= 8; seed += 1) {
    const bytes = noise(40 * seed, seed);
    for (const code of [linkOf(bytes), labelled(seed % 3, bytes), `1.${Buffer.from(bytes).toString('base64url')}`]) {
      assert.ok((await open(code)).length > 60, code);
    }
  }
  assert.match(await open('nonsense'), /not a link/);
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  assert.equal(await byId(page, 'head-digest').textContent(), head);
  assert.equal(await verified(page), 'verified', 'the open run is untouched');
  watch.noConsoleErrors();
  watch.onlyHosts();
});

test('files that are no run', async () => {
  const { page, watch, head } = await finishedRun();
  const { run, text } = await exported(page);
  const files = [
    ['', /not JSON/],
    ['What a day', /not JSON/],
    [text.slice(0, text.length / 2), /not JSON/],
    ['[]', /not a run/],
    ['{"format": "something else", "version": 1}', /not a run/],
    ['['.repeat(200_000), /not JSON|not a run/],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00, 0x01]), /not a text file/],
    [JSON.stringify({ ...run, version: 99 }), /newer Credence/],
    [JSON.stringify({ ...run, events: undefined }), /malformed/],
    [JSON.stringify({ ...run, api_key: 'x' }), /malformed/],
    [JSON.stringify({ ...run, spec: { ...run.spec, outcomes: [] } }), /./],
  ];
  for (const [content, words] of files) {
    await page.evaluate(() => { location.hash = '#/'; });
    await byId(page, 'import-run').setInputFiles({
      name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(content),
    });
    const banner = byId(page, 'error-banner');
    await banner.getByText(words).first().waitFor();
    assert.deepEqual(await axe(page), [], String(words));
    await banner.getByRole('button').click();
    await banner.waitFor({ state: 'detached' });
  }
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  assert.equal(await byId(page, 'head-digest').textContent(), head);
  watch.noConsoleErrors();
});

for (const colorScheme of ['light', 'dark']) {
  test(`a shared link and a broken file can be read by everybody, ${colorScheme}`, async () => {
    const { page } = await finishedRun({ colorScheme, reducedMotion: 'reduce' });
    await byId(page, 'share-button').click();
    await byId(page, 'share-link').waitFor();
    const link = await byId(page, 'share-link').inputValue();
    await page.keyboard.press('Escape');
    const { text, run } = await exported(page);

    const { page: other } = await site.open('', { colorScheme, reducedMotion: 'reduce' });
    await other.goto(link);
    await byId(other, 'verify-button').click();
    await other.locator('[data-testid="verify-result"][data-status="verified"]').waitFor();
    await other.locator('details.shared-events > summary').click();
    await byId(other, 'event-row').first().waitFor();
    assert.deepEqual(await axe(other), [], 'shared');

    await other.goto(`${link.slice(0, -8)}`);
    await byId(other, 'link-error').waitFor();
    assert.deepEqual(await axe(other), [], 'a link that was cut');

    await other.evaluate(() => { location.hash = '#/'; });
    const changed = { ...run, events: run.events.map((entry) => (entry.seq === 9 ? { ...entry, event: { type: '?' } } : entry)) };
    assert.notEqual(JSON.stringify(changed), text);
    await byId(other, 'import-run').setInputFiles({
      name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(changed)),
    });
    await byId(other, 'verify-button').click();
    await other.locator('[data-testid="verify-result"][data-status="broken"]').waitFor();
    assert.equal(await byId(other, 'verify-result').getAttribute('data-seq'), '9');
    await other.locator('[data-testid="event-row"][data-seq="9"] summary').click();
    assert.deepEqual(await axe(other), [], 'broken');
  });
}
