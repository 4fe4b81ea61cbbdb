// One question of Manifold, Polymarket or Metaculus by its address: fetched without a key or a referrer, or pasted where a
// page may not fetch; the market's price stands beside the panel's when the run is over, after a reload, in the file and
// in the link, and no agent sees it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { always, answer, startAimock } from './aimock.mjs';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { connect, ended, exported, setRules, verified } from './steps.mjs';

let site, mock;
before(async () => {
  site = await startSite();
  mock = await startAimock(always({}, answer({ beliefs: [0.71, 0.29], headline: 'It snows at times' })));
});
after(async () => {
  await site.close();
  await mock.stop();
});

const SNOW = 'https://manifold.markets/Austin/will-it-snow';
const snow = {
  id: 'EvIhzcJXwhL0HavaszD7', question: 'Will it snow in Rome this winter?', slug: 'will-it-snow', url: SNOW,
  outcomeType: 'BINARY', mechanism: 'cpmm-1', probability: 0.6234, isResolved: false, token: 'MANA',
  textDescription: 'Any flake counts.',
};
const market = (slug, title, yes, more = {}) => ({
  id: slug, slug, question: `Will ${title} be chair?`, groupItemTitle: title, description: 'By the official record.',
  outcomes: '["Yes", "No"]', outcomePrices: JSON.stringify([String(yes), String(1 - yes)]), active: true, closed: false, ...more,
});
const chair = (negRisk) => [{
  slug: 'next-chair', title: 'Who will be the next chair?', description: 'One of them.', negRisk, closed: false,
  markets: [market('ada', 'Ada', 0.6), market('bo', 'Bo', 0.3), market('cy', 'Cy', 0.1)],
}];

/** Answers for a host's interface, which the pages of `origin` may read. Gives the requests. */
async function answers(context, host, reply, { status = 200, origin = '*' } = {}) {
  const asked = [];
  await context.route(`https://${host}/**`, async (route) => {
    asked.push({ url: route.request().url(), method: route.request().method(), headers: await route.request().allHeaders() });
    const body = typeof reply === 'string' ? reply : JSON.stringify(reply);
    await route.fulfill({ status, body, headers: { 'access-control-allow-origin': origin }, contentType: 'application/json' });
  });
  return asked;
}

async function take(page, address) {
  if (!(await byId(page, 'market-address').isVisible())) await byId(page, 'from-market').locator('summary').click();
  await byId(page, 'market-address').fill(address);
  await byId(page, 'market-fetch').click();
}
const problem = (page, words) => byId(page, 'market-problem').getByText(words).waitFor();
const go = (page, to) => page.evaluate((there) => { location.hash = there; }, to);

test('a question of Manifold: asked of models that do not see the price, which stands beside theirs afterwards', async () => {
  const { page, context, watch } = await site.open('');
  const asked = await answers(context, 'api.manifold.markets', snow);
  await connect(page, { baseUrl: mock.baseUrl, model: 'any' });
  await go(page, '#/');
  await byId(page, 'panel-models').check({ force: true });
  await take(page, `${SNOW}?r=friend`);
  await byId(page, 'market-taken').getByText('Taken over from Manifold').waitFor();
  assert.equal(await byId(page, 'question-input').inputValue(), snow.question);
  assert.deepEqual([await byId(page, 'outcome-input-0').inputValue(), await byId(page, 'outcome-input-1').inputValue()], ['Yes', 'No']);
  assert.equal(await byId(page, 'background-input').inputValue(), 'Any flake counts.');
  assert.doesNotMatch(await page.locator('main').innerText(), /62/, 'nobody sees the price before the run');
  const [{ url, method, headers }] = asked;
  assert.deepEqual([asked.length, url, method], [1, 'https://api.manifold.markets/v0/slug/will-it-snow', 'GET']);
  for (const name of ['referer', 'cookie', 'authorization']) assert.equal(headers[name], undefined, name);
  await setRules(page, { rounds: 1 });
  await byId(page, 'run-button').click();
  await ended(page);
  const beside = byId(page, 'listed-price');
  await beside.getByText(/^Manifold said 62.%.for “Yes” on .* \d{4}, \d\d:\d\d; this panel says 7\d.%: \d+ points more\.$/).waitFor();
  const said = await beside.locator('p').first().innerText();
  await beside.locator('summary').click();
  assert.equal(await beside.locator('tbody tr').count(), 2);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'listing-watch');
  for (const { body } of mock.journal()) assert.doesNotMatch(JSON.stringify(body.messages), /0\.62|62.?%|manifold/i);
  // It is kept with the run, in its file and its memo, and no part of what is checked.
  await page.reload();
  await ready(page);
  await beside.getByText(said).waitFor();
  assert.equal(await verified(page), 'verified');
  const { run, text } = await exported(page);
  assert.deepEqual([run.listed_price.site, run.listed_price.address, run.listed_price.prices[0][1]], ['manifold', SNOW, 0.6234]);
  assert.doesNotMatch(JSON.stringify([run.spec, run.events, run.head]), /0\.6234/);
  const [memo] = await Promise.all([page.waitForEvent('download'), byId(page, 'export-memo').click()]);
  assert.match(await readFile(await memo.path(), 'utf8'), /Manifold said 62/);
  await go(page, '#/');
  await byId(page, 'import-run').setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.waitForFunction(() => location.hash.startsWith('#/run/audit'));
  assert.equal(await verified(page), 'verified');
  await go(page, '#/run');
  await beside.getByText(said).waitFor();
  // A link carries it as well, and says so before anybody copies it.
  await go(page, '#/run/audit');
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  await page.getByText('The market’s price, its address and when it was read').waitFor();
  const link = await byId(page, 'share-link').inputValue();
  await page.keyboard.press('Escape');
  const other = await site.open(link.slice(link.indexOf('#')));
  await byId(other.page, 'listed-price').getByText(said).waitFor();
  assert.equal(await byId(other.page, 'listed-price').locator('a').getAttribute('href'), SNOW);
  other.watch.noConsoleErrors();
  await other.context.close();
  await go(page, '#/run');
  // The same question again, with changes, is still the market's; another one is not.
  await byId(page, 'fork-button').click();
  await byId(page, 'market-taken').waitFor();
  await byId(page, 'question-input').fill('Something else entirely?');
  await byId(page, 'market-taken').waitFor({ state: 'detached' });
  assert.equal(await byId(page, 'background-input').inputValue(), '');
  watch.noConsoleErrors();
  watch.onlyHosts([mock.origin, 'https://api.manifold.markets']);
});

test('Polymarket: alternatives become answers, what may all come true is refused, a simulated panel is no match', async () => {
  const { page, context, watch } = await site.open('#/evaluate', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  let event = chair(false);
  await context.route('https://gamma-api.polymarket.com/**', (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    const found = pathname === '/markets' ? [market(searchParams.get('slug'), 'Ada', 0.6)] : event;
    return route.fulfill({ json: found, headers: { 'access-control-allow-origin': '*' } });
  });
  await byId(page, 'evaluate-one').click();
  await byId(page, 'question-input').waitFor();
  await take(page, 'https://polymarket.com/event/next-chair');
  await problem(page, '3 questions that can all come true');
  await take(page, 'https://polymarket.com/event/next-chair/ada');
  await byId(page, 'market-taken').waitFor();
  assert.equal(await byId(page, 'question-input').inputValue(), 'Will Ada be chair?');
  event = chair(true);
  await take(page, 'https://polymarket.com/event/next-chair');
  await page.waitForFunction(() => document.querySelector('[data-testid="question-input"]').value === 'Who will be the next chair?');
  assert.equal(await page.locator('[data-testid^="outcome-input-"]').count(), 3);
  await byId(page, 'outcome-input-2').fill('Cyrus');
  await byId(page, 'market-taken').getByText('no longer the market’s').waitFor();
  await byId(page, 'outcome-input-2').fill('Cy');
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 320, height: 700 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await screenshot(page, 'listing-ask-phone');
  await byId(page, 'run-button').click();
  await ended(page);
  await byId(page, 'listed-price').getByText(/^Polymarket said \d+.%/).waitFor();
  await byId(page, 'listed-price').getByText('Simulated traders know nothing').waitFor();
  await byId(page, 'listed-price').locator('summary').click();
  assert.equal(await byId(page, 'listed-price').locator('tbody tr').count(), 3);
  await screenshot(page, 'listing-watch-phone');
  event = [];
  await go(page, '#/');
  await take(page, 'https://polymarket.com/event/next-chair');
  await problem(page, 'knows no question under this address');
  watch.noConsoleErrors();
});

test('what a page cannot reach or read is said, and pasted by hand', async () => {
  const { page, context, watch } = await site.open('');
  await answers(context, 'api.manifold.markets', snow, { origin: 'https://manifold.markets' });
  await answers(context, 'www.metaculus.com', { detail: 'The API is only available to authenticated users.' }, { status: 403 });
  await take(page, 'https://example.org/a/question');
  await problem(page, 'no address of Manifold, Polymarket or Metaculus');
  await take(page, 'https://manifold.markets/browse');
  await problem(page, 'it should look like manifold.markets/NAME/QUESTION');
  // A market that lets no page read it.
  await take(page, SNOW);
  await problem(page, 'could not be reached from this page');
  assert.equal(await byId(page, 'market-api').getAttribute('href'), 'https://api.manifold.markets/v0/slug/will-it-snow');
  assert.match(await byId(page, 'market-api').getAttribute('rel'), /noreferrer/);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'listing-by-hand');
  const paste = async (reply) => {
    await byId(page, 'market-reply').fill(typeof reply === 'string' ? reply : JSON.stringify(reply));
    await byId(page, 'market-read').click();
  };
  await paste('<!DOCTYPE html><title>Just a moment…</title>');
  await problem(page, 'is no JSON');
  await paste({ ...snow, url: 'https://manifold.markets/Austin/will-it-rain' });
  await problem(page, 'about another question');
  await paste({ ...snow, outcomeType: 'PSEUDO_NUMERIC' });
  await problem(page, '“PSEUDO_NUMERIC”');
  await paste({ some: 'thing' });
  await problem(page, '“outcomeType” is missing');
  await paste({ ...snow, outcomeType: 'MULTIPLE_CHOICE', answers: Array.from({ length: 13 }, (_, n) => ({ text: `N${n}`, probability: 0.07 })) });
  await problem(page, 'It has 13 answers');
  await paste(snow);
  await byId(page, 'market-taken').getByText('Its price is kept aside').waitFor();
  assert.equal(await byId(page, 'question-input').inputValue(), snow.question);
  // A market that answers nobody without a token, and shows no price.
  await take(page, 'https://www.metaculus.com/questions/4711/will-it-rain/');
  await problem(page, 'Metaculus does not answer strangers');
  const rain = { id: 4711, title: 'Will it rain?', question: { type: 'binary', title: 'Will it rain?', description: '<p>Grey sky.</p>',
    resolution_criteria: 'Rain at noon.', resolution: null, aggregations: { recency_weighted: { latest: null } } } };
  await paste(rain);
  await byId(page, 'market-taken').getByText('Metaculus shows no price').waitFor();
  assert.equal(await byId(page, 'background-input').inputValue(), 'Grey sky.');
  assert.equal(await byId(page, 'criterion-input').inputValue(), 'Rain at noon.');
  await byId(page, 'run-button').click();
  await ended(page);
  assert.equal(await byId(page, 'listed-price').count(), 0);
  // More than a page reads, and an answer that is no market's.
  await context.unrouteAll();
  await answers(context, 'api.manifold.markets', `{"question": "${'x'.repeat(3 << 20)}"}`);
  await go(page, '#/');
  await take(page, SNOW);
  await problem(page, 'too long to be read here');
  await context.unrouteAll();
  await answers(context, 'api.manifold.markets', 'Bad gateway', { status: 502 });
  await take(page, SNOW);
  await problem(page, 'with the error 502');
  watch.noConsoleErrors({ except: [/CORS policy|Failed to load resource|ERR_FAILED/] });
});
