// What the page keeps on the device, read past the page: from any page of the same origin.

/** The kept runs in the order of their start: `{ id, events, replies, card }`. */
export function kept(page) {
  return page.evaluate(async () => {
    const settled = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    if (!(await indexedDB.databases()).some(({ name }) => name === 'credence')) return [];
    const database = await settled(indexedDB.open('credence'));
    try {
      const store = (name) => database.transaction(name).objectStore(name);
      const [ids, cards, events, replies] = await Promise.all([
        settled(store('cards').getAllKeys()), settled(store('cards').getAll()),
        settled(store('events').getAllKeys()), settled(store('replies').getAllKeys()),
      ]);
      const count = (keys, id) => keys.filter(([run]) => run === id).length;
      return ids
        .map((id, place) => ({ id, card: JSON.parse(cards[place]), events: count(events, id), replies: count(replies, id) }))
        .sort((a, b) => a.card.started_millis - b.card.started_millis);
    } finally {
      database.close();
    }
  });
}

/** Everything that is stored for the page's origin, as one text. */
export function everythingStored(page) {
  return page.evaluate(async () => {
    const settled = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    parts.push(location.href, JSON.stringify(history.state), document.title, globalThis.name);
    // Addresses of everything that was fetched.
    parts.push(...performance.getEntriesByType('resource').map(({ name }) => name));
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = () => database.transaction(store).objectStore(store);
        parts.push(store, JSON.stringify(await settled(objects().getAll())), JSON.stringify(await settled(objects().getAllKeys())));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        parts.push(request.url, JSON.stringify([...request.headers, ...response.headers]));
        // The page's own machine code is large and was there before anybody typed a key.
        if (!request.url.endsWith('.wasm')) parts.push(await response.text());
      }
    }
    const files = async (folder) => {
      for await (const [name, entry] of folder.entries()) {
        parts.push(name);
        if (entry.kind === 'directory') await files(entry);
        else parts.push(await (await entry.getFile()).text());
      }
    };
    await files(await navigator.storage.getDirectory());
    return parts.join('\n');
  });
}
