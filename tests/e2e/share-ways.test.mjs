// The other ways in which a run leaves the page and comes back: a QR code, pictures that carry it, a frame in a foreign
// page, a file on the web, a table, a memo.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { ended, exported } from './steps.mjs';

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

/** Runs the example of a first visit and opens the share dialog with the link complete. */
async function sharing(options) {
  const opened = await site.open('', options);
  const { page } = opened;
  await byId(page, 'run-button').click();
  await ended(page);
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  const head = await byId(page, 'head-digest').textContent();
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  return { ...opened, head };
}

/** Opens one of the ways. */
const way = (page, name) => byId(page, name).locator('summary').click();

/** Presses a button and gives the file that is saved. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), byId(page, button).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Lets a file hover over the page and drops it. */
async function drop(page, { name, bytes, type }) {
  const data = await page.evaluateHandle(({ name, base64, type }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
    return transfer;
  }, { name, base64: bytes.toString('base64'), type });
  await page.dispatchEvent('main', 'dragover', { dataTransfer: data });
  await byId(page, 'drop-sign').waitFor();
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
  await byId(page, 'drop-sign').waitFor({ state: 'detached' });
}

test('pictures carry the run: dropped or picked elsewhere, they open to the same head', async () => {
  const { page, head, watch } = await sharing();
  await way(page, 'share-picture');
  const png = { ...(await saved(page, 'share-png')), type: 'image/png' };
  const svg = { ...(await saved(page, 'share-svg')), type: 'image/svg+xml' };
  assert.match(png.name, /\.png$/);
  assert.match(svg.name, /\.svg$/);
  const other = await site.open('#/settings');
  for (const picture of [png, svg]) {
    // What is saved is a picture that a browser shows.
    const size = await other.page.evaluate(async ({ base64, type }) => {
      const image = new Image();
      image.src = `data:${type};base64,${base64}`;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, { base64: picture.bytes.toString('base64'), type: picture.type });
    assert.deepEqual(size, picture === png ? [2000, 1125] : [800, 450]);
    await other.page.evaluate(() => { location.hash = '#/'; });
    await byId(other.page, 'run-button').waitFor();
    await drop(other.page, picture);
    await byId(other.page, 'head-digest').getByText(head).waitFor();
    await other.page.evaluate(() => { location.hash = '#/'; });
    await byId(other.page, 'import-run').setInputFiles({ name: picture.name, mimeType: picture.type, buffer: picture.bytes });
    await byId(other.page, 'head-digest').getByText(head).waitFor();
  }
  // An ordinary picture says that it is one, and the open run stays.
  const shot = await other.page.screenshot();
  await drop(other.page, { name: 'holiday.png', bytes: shot, type: 'image/png' });
  await byId(other.page, 'error-banner').getByText('holds no run').waitFor();
  assert.equal(await byId(other.page, 'head-digest').textContent(), head);
  watch.noConsoleErrors();
  other.watch.noConsoleErrors();
  other.watch.onlyHosts();
});

test('a link has a QR code, on a phone and in the dark as well', async () => {
  for (const options of [{}, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }]) {
    const { page, context } = await sharing(options);
    await way(page, 'share-qr');
    const code = byId(page, 'share-qr-code');
    await code.waitFor();
    const box = await code.boundingBox();
    assert.ok(box.width > 250 && Math.abs(box.width - box.height) < 1, JSON.stringify(box));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `share-qr-${options.colorScheme ?? 'light'}`, { fullPage: false });
    await context.close();
  }
});

test('a run stands in a foreign page: as tall as it is, in the colours asked for, with a way out', async () => {
  const { page } = await sharing();
  await way(page, 'share-embed');
  await byId(page, 'embed-theme').selectOption('dark');
  const html = await byId(page, 'embed-code').inputValue();
  const foreign = createServer((_, reply) => {
    reply.setHeader('content-type', 'text/html');
    reply.end(`<!doctype html><title>A course</title><h1>Week 3</h1>${html}`);
  });
  await new Promise((listening) => foreign.listen(0, '127.0.0.1', listening));
  try {
    const { page: course, watch } = await site.open('', { viewport: { width: 800, height: 600 } });
    await course.goto(`http://127.0.0.1:${foreign.address().port}/`);
    const frame = course.frameLocator('iframe');
    await frame.getByTestId('verify-button').waitFor();
    await course.waitForFunction(() => Number(document.querySelector('iframe').height) > 900);
    const inside = course.frames()[1];
    await course.waitForFunction(() => true);
    const [height, scroll] = [
      Number(await course.locator('iframe').getAttribute('height')),
      await inside.evaluate(() => document.documentElement.scrollHeight),
    ];
    assert.ok(scroll - height <= 1, `${scroll} px in a frame of ${height}`);
    assert.equal(await inside.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
    assert.equal(await frame.locator('header.top').count(), 0);
    assert.match(await frame.getByText('Open in full').getAttribute('href'), /^#\/r\/1\.[^?]*$/);
    watch.noConsoleErrors();
  } finally {
    foreign.close();
  }
});

test('a run file on the web opens by its address, is checked there, and what fails says why', async () => {
  const { page, head } = await sharing();
  await page.keyboard.press('Escape');
  const { run } = await exported(page);
  const tampered = structuredClone(run);
  tampered.events[20].event.round += 1;
  const { page: other, context } = await site.open();
  const headers = { 'access-control-allow-origin': '*' };
  const files = {
    'good.json': { body: JSON.stringify(run), headers },
    'bad.json': { body: JSON.stringify(tampered), headers },
    'page.html': { body: '<p>Not found', headers },
    'gone.json': { status: 404, headers },
  };
  await context.route('https://files.example/**', (route) => {
    const file = files[new URL(route.request().url()).pathname.slice(1)];
    return file ? route.fulfill(file) : route.abort();
  });
  const open = (file) => other.goto(`${site.url}#/u/${encodeURIComponent(`https://files.example/${file}`)}`);
  // The digest of a file that was changed is only claimed.
  for (const [file, expected, named] of [['good.json', 'verified', 'head-digest'], ['bad.json', 'broken', 'head-claim']]) {
    await open(file);
    await byId(other, named).getByText(head).waitFor();
    await byId(other, 'verify-button').click();
    await byId(other, 'verify-result').waitFor();
    assert.equal(await byId(other, 'verify-result').getAttribute('data-status'), expected);
  }
  for (const [file, words] of [['page.html', 'not JSON'], ['gone.json', '404'], ['closed.json', 'could not be reached']]) {
    await open(file);
    await byId(other, 'link-error').getByText(words).waitFor();
  }
  await other.goto(`${site.url}#/u/${encodeURIComponent('http://files.example/good.json')}`);
  await other.getByText('nothing at this address').waitFor();
});

test('a table and a memo are saved, and nothing in the memo means anything but what it says', async () => {
  const { page } = await site.open();
  await byId(page, 'question-input').fill('Is **this** <img src=x> [a](https://e.org)?');
  await byId(page, 'run-button').click();
  await ended(page);
  await page.evaluate(() => { location.hash = '#/run/audit'; });
  await byId(page, 'head-digest').waitFor();
  const head = await byId(page, 'head-digest').textContent();
  const csv = await saved(page, 'export-csv');
  const lines = csv.bytes.toString().trim().split('\r\n');
  assert.match(lines[0], /^seq,round,event,agent,name,kind,model,belief /);
  const trades = lines.filter((line) => line.split(',')[2] === 'traded').length;
  const { run } = await exported(page);
  assert.equal(trades, run.events.filter(({ event }) => event.type === 'traded').length);
  const memo = (await saved(page, 'export-memo')).bytes.toString();
  assert.match(memo, /^# Is \\\*\\\*this\\\*\\\* \\<img src=x\\> \\\[a\\\]\(https:\\\/\/e\.org\)\?\n/);
  assert.ok(memo.includes(head) && memo.includes('## The panel') && memo.includes('know nothing about the question'));
});
