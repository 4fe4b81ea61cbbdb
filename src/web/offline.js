// The service worker: after the first visit the page opens without a network. It keeps what the page itself is made of,
// below its own folder, and nothing that a model server or any other site answers.
//
// What has a hash in its name never changes: kept once, it is used for ever. Everything else is asked of the network
// first, so that a newer version is never hidden, and taken from the cache only where there is none.
const CACHE = 'credence-page-1';
const HASHED = /-[0-9a-f]{12,20}(_bg)?\.(css|js|wasm)$/;
const HOME = self.registration.scope;
/** What the page names and loads, in the language that it is read in. */
const PARTS = new URL(self.location).searchParams.get('language') === 'de'
  ? /\b(?:src|href|data-de-js|data-de-wasm)="([^"#]+)"/g
  : /\b(?:src|href|data-js|data-wasm)="([^"#]+)"/g;

self.addEventListener('install', (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // Calls of models, on this origin too, are sent with `no-store` and are none of our business.
  const ours = request.method === 'GET' && request.url.startsWith(HOME) && request.cache !== 'no-store';
  if (ours && !request.headers.has('authorization') && !request.headers.has('range')) {
    event.respondWith(HASHED.test(new URL(request.url).pathname) ? kept(request) : fresh(request));
  }
});

/** Keeps the page and all that a visit loads, and drops what no longer belongs to it. */
async function keepPage() {
  const cache = await caches.open(CACHE);
  const reply = await fetch(HOME, { cache: 'no-cache' });
  if (!reply.ok) throw new Error(`the site answers ${reply.status}`);
  const html = await reply.clone().text();
  const named = [...html.matchAll(PARTS)].map(([, path]) => path);
  const addresses = new Set(named.map((path) => new URL(path, HOME).href).filter((url) => url.startsWith(HOME)));
  for (const script of [...addresses].filter((url) => url.endsWith('.js') && HASHED.test(url))) {
    const text = await (await kept(new Request(script))).text();
    for (const [, path] of text.matchAll(/\bfrom\s*['"](\.[^'"]+)['"]/g)) addresses.add(new URL(path, script).href);
  }
  for (const url of addresses) await (HASHED.test(url) ? kept(new Request(url)) : fresh(new Request(url)));
  // Last: a page that is kept has all its parts.
  await cache.put(HOME, reply);
  for (const { url } of await cache.keys()) if (HASHED.test(url) && !addresses.has(url)) await cache.delete(url);
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request);
  if (found) return found;
  const reply = await fetch(request);
  if (reply.ok) await cache.put(request, reply.clone());
  return reply;
}

async function fresh(request) {
  const cache = await caches.open(CACHE);
  const page = request.mode === 'navigate';
  try {
    const reply = await fetch(request);
    if (reply.ok && page && (await isNewer(cache, reply.clone()))) await keepPage().catch(() => {});
    else if (reply.ok && !page) await cache.put(request, reply.clone()).catch(() => {});
    return reply;
  } catch (error) {
    const found = await cache.match(page ? HOME : request);
    if (found) return found;
    throw error;
  }
}

/** Whether the page on the network is not the one that is kept. */
async function isNewer(cache, reply) {
  const known = await cache.match(HOME);
  return !known || (await known.text()) !== (await reply.text());
}
