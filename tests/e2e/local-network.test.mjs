// Servers on the person's own machine, called by a page from the internet: the browser asks, and what it is told decides.
// Chromium is told that this site's address is public, and that the site may be trusted as one over https would be.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { always, answer, startAimock } from './aimock.mjs';
import { byId, startSite } from './browser.mjs';

const BELIEF = { beliefs: [0.7, 0.3], headline: 'A reason' };
const HOST = 'credence.test';

let mock;
let sites;
before(async () => {
  mock = await startAimock(always({ model: 'steady' }, answer(BELIEF)));
  sites = [];
});
after(async () => {
  for (const site of sites) await site.close();
  await mock.stop();
});

/** The site as if it came from the internet; `trusted` as if over https. */
async function publicSite({ trusted }) {
  const site = await startSite({
    flags: (port) => [
      `--ip-address-space-overrides=127.0.0.1:${port}=public`,
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      ...(trusted ? [`--unsafely-treat-insecure-origin-as-secure=http://${HOST}:${port}`] : []),
    ],
    host: HOST,
  });
  sites.push(site);
  return site;
}

async function testHere(page) {
  await byId(page, 'connection-add').click();
  await byId(page, 'connection-preset').selectOption('llama-cpp');
  await byId(page, 'connection-base-url').fill(mock.baseUrl);
  await byId(page, 'connection-model').fill('steady');
  await byId(page, 'connection-test').click();
  const result = byId(page, 'connection-test-result');
  await result.waitFor();
  return { cause: await result.getAttribute('data-cause'), words: await result.textContent() };
}

test('access to this machine: granted, denied, and never to be had', async () => {
  const site = await publicSite({ trusted: true });
  const granted = await site.open('#/settings', { permissions: ['local-network-access'] });
  assert.equal((await testHere(granted.page)).cause, 'works');
  // Nobody is there to answer the browser's question: it counts as a no.
  const asked = await site.open('#/settings');
  const denied = await testHere(asked.page);
  assert.equal(denied.cause, 'local-network-denied', denied.words);
  assert.match(denied.words, /Local network access/);
  // Permission that was given does not hide that nothing is there.
  const alone = await site.open('#/settings', { permissions: ['local-network-access'] });
  const { origin, baseUrl } = mock;
  mock.baseUrl = 'http://127.0.0.1:65124/v1';
  const down = await testHere(alone.page);
  mock.baseUrl = baseUrl;
  assert.equal(down.cause, 'down', `${origin}: ${down.words}`);
  const insecure = await (await publicSite({ trusted: false })).open('#/settings');
  const never = await testHere(insecure.page);
  assert.equal(never.cause, 'insecure-page', never.words);
});

test('a page on this machine needs no permission', async () => {
  const site = await startSite();
  sites.push(site);
  const { page } = await site.open('#/settings');
  assert.equal((await testHere(page)).cause, 'works');
});
