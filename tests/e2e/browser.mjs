// What every end-to-end test shares: the release site on a sub-path, Chromium, and a record of all that it did.
//
//   const site = await startSite();                       // once a file; `after(() => site.close())`
//   const { page, watch } = await site.open('#/run');     // a fresh context, the app is mounted
//   await byId(page, 'run-button').click();
//   watch.noConsoleErrors();
//   watch.onlyHosts();                                    // or onlyHosts([mock.origin])
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serveFolder } from '../../scripts/serve.mjs';

const ROOT = new URL('../../', import.meta.url);
const fromRoot = (path) => fileURLToPath(new URL(path, ROOT));
// The wasm tests read their flags from the same file.
const { binary, args } = JSON.parse(readFileSync(fromRoot('webdriver.json'), 'utf8'))['goog:chromeOptions'];

const PATIENCE_MILLIS = 15_000;

/**
 * Serves `dist/` under `base` and launches Chromium (`CHROMIUM` names another executable). `flags` gives more of its
 * flags, once the port is known; `host` is another name under which the flags let it find the site.
 * Resolves to `{ url, browser, open, close }`.
 */
export async function startSite({ base = '/some/where/', dist = fromRoot('dist'), flags = () => [], host, proxies = {} } = {}) {
  assert.ok(existsSync(`${dist}/index.html`), 'there is no built site in dist/: start ./run build first');
  const server = await serveFolder(dist, { base, proxies });
  const { port } = new URL(server.url);
  const url = host ? server.url.replace('127.0.0.1', host) : server.url;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? binary, args: [...args, ...flags(port)] });

  /**
   * Opens the app at `route`, such as `#/run`, in a context of its own and waits until it is mounted.
   * `options` are Playwright's for a context: viewport, colorScheme, reducedMotion, permissions… Service workers are
   * blocked unless they say otherwise: what a test lets fail must not come from a cache.
   */
  async function open(route = '', options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...options });
    context.setDefaultTimeout(PATIENCE_MILLIS);
    const watch = new Watch(context, new URL(url).origin);
    const page = await context.newPage();
    await page.goto(url + route);
    await ready(page);
    return { page, context, watch };
  }

  async function close() {
    await browser.close();
    await server.close();
  }

  return { url, browser, open, close };
}

/** Waits until the app is mounted; call it after a reload as well. */
export function ready(page) {
  return page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
}

/** Everything that the pages of one context reported, and whom they asked. */
export class Watch {
  /** `{ type, text, url }` of each console message that is an error or a warning. */
  console = [];
  /** Uncaught exceptions and rejections, as text. */
  pageErrors = [];
  /** `{ url, error }` of each request that got no answer; one that the page aborted says net::ERR_ABORTED. */
  failedRequests = [];
  /** Every origin that was asked for something. */
  origins = new Set();

  constructor(context, home) {
    this.home = home;
    context.on('console', (message) => {
      const type = message.type();
      if (type !== 'error' && type !== 'warning') return;
      this.console.push({ type, text: message.text(), url: message.location().url });
    });
    context.on('weberror', (event) => this.pageErrors.push(String(event.error().stack ?? event.error())));
    context.on('requestfailed', (request) => {
      this.failedRequests.push({ url: request.url(), error: request.failure()?.errorText });
    });
    context.on('request', (request) => this.#asked(request.url()));
    context.on('page', (page) => page.on('websocket', (socket) => this.#asked(socket.url())));
  }

  #asked(url) {
    const { origin, protocol } = new URL(url);
    if (protocol !== 'data:' && protocol !== 'blob:') this.origins.add(origin);
  }

  /**
   * No error in the console and no uncaught exception. `except` lists patterns of messages that a test provokes:
   * Chromium itself logs each HTTP error status, as `… the server responded with a status of 429 …`.
   */
  noConsoleErrors({ except = [] } = {}) {
    const expected = (text) => except.some((pattern) => pattern.test(text));
    const errors = this.console.filter(({ type, text }) => type === 'error' && !expected(text));
    assert.deepEqual(errors, [], 'errors in the console');
    assert.deepEqual(this.pageErrors, [], 'uncaught exceptions');
  }

  /** No request to any origin but the page's own and those in `others`. */
  onlyHosts(others = []) {
    const allowed = new Set([this.home, ...others.map((url) => new URL(url).origin)]);
    assert.deepEqual([...this.origins].filter((origin) => !allowed.has(origin)), [], 'requests to other hosts');
  }
}

/** The element with this `data-testid`. */
export function byId(page, testId) {
  return page.getByTestId(testId);
}

/** Saves what the page looks like as `test-results/<name>.png`; `options` are Playwright's, the whole page by default. */
export function screenshot(page, name, options = {}) {
  mkdirSync(fromRoot('test-results'), { recursive: true });
  return page.screenshot({ path: fromRoot(`test-results/${name}.png`), fullPage: true, ...options });
}

/**
 * The serious and critical findings of axe under WCAG 2.2 AA, as `{ id, impact, help, where }`: assert that there are none.
 * The source is evaluated through the debugger, which the page's policy does not hinder.
 */
export async function axe(page) {
  await page.evaluate(readFileSync(fromRoot('node_modules/axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return globalThis.axe.run({ resultTypes: ['violations'], runOnly: { type: 'tag', values: tags } });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({ id, impact, help, where: nodes.map(({ html }) => html) }));
}
