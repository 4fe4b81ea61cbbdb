// The hostile texts of tests/support/injections.json in the page, each of them as an agent's name, a model's name, a
// peer's argument and a server's words about an error, all of them in the question, the background and the evidence: what
// is sent keeps the structure of a calm run, and nothing that is shown becomes part of the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { byId, startSite } from './browser.mjs';
import { refuses, says, startServer } from './server.mjs';
import { connect, ended, modelPanel, setRules, setSeed, verified } from './steps.mjs';

const TEXTS = JSON.parse(readFileSync(new URL('../support/injections.json', import.meta.url), 'utf8'));
const SEED = '5eed0123456789ab';
const LATER = "The market's prices now";
const belief = (words) => ({ beliefs: [0.7, 0.3], headline: words, reasoning: words, evidence: [words] });

let site, server;
let attacks = [];
before(async () => {
  site = await startSite();
  let answers = 0;
  server = await startServer(({ body: { model, messages } }) => {
    if (model === 'calm') return says(belief('calm'));
    answers += 1;
    const attack = attacks[answers % attacks.length];
    if (!messages[1].content.includes(LATER)) return says(belief(attack));
    // Half of the errors are JSON, half are a page as a gateway sends it.
    const error = refuses(400, attack);
    return answers % 2 ? error : { ...error, headers: { 'content-type': 'text/html' }, text: attack };
  });
});
after(async () => {
  await site.close();
  await server.stop();
});

const go = (page, route) => page.evaluate((hash) => { location.hash = hash; }, route);

/** What a request says outside its quoted blocks, and what the blocks hold. Throws where a mark stands anywhere else. */
function structure(messages, mark) {
  const blocks = [];
  const outside = messages.map(({ role, content }) => {
    const rest = content
      .replace(`“${mark} BEGIN” and “${mark} END”`, 'the marks')
      // Each agent has a role of its own, quoted on one line.
      .replace(/^Your role on the panel, .*: (".*")\n\n/m, (_, persona) => `Your role: ${typeof JSON.parse(persona)}\n\n`)
      .replace(new RegExp(`^${mark} BEGIN\n([\\s\\S]*?)\n${mark} END$`, 'gm'), (_, block) => {
        blocks.push(JSON.parse(block));
        return 'a block';
      });
    assert.ok(!rest.includes(mark), `a forged mark: ${rest}`);
    return { role, rest };
  });
  return { outside, blocks };
}

/** Fills what stands behind the question. */
async function texts(page, background, criterion) {
  const field = byId(page, 'background-input');
  if (!(await field.isVisible())) await page.locator('details:has([data-testid="background-input"]) > summary').click();
  await field.fill(background);
  await byId(page, 'criterion-input').fill(criterion);
}

/** What would be there if some text had become a part of the page. */
async function untouched(page, where) {
  const found = await page.evaluate(() => {
    const parts = '.injected, iframe, img[src="x"], form[action], a[href^="javascript:"], [onload], [onerror], [onclick], input[name="key"], main style';
    return [window.hacked ?? null, [...document.querySelectorAll(parts)].map((part) => part.outerHTML)];
  });
  assert.deepEqual(found, [null, []], where);
  assert.ok(await page.locator('h1').first().isVisible(), where);
}

test(`${TEXTS.length} hostile texts in every place change no prompt's structure and nothing on the page`, async () => {
  assert.ok(TEXTS.length >= 20);
  const { page, watch } = await site.open();
  await connect(page, { baseUrl: server.baseUrl, model: 'calm', atOnce: 8 });
  await modelPanel(page, { question: 'Is it calm?', models: ['calm', 'calm', 'calm'], rounds: 2 });
  await texts(page, 'calm', 'calm');
  await setRules(page, { rounds: 2, epsilon: 0 });
  await setSeed(page, SEED);
  await byId(page, 'run-button').click();
  await ended(page);
  const calmly = server.asked.map(({ body }) => body.messages);
  const [mark] = calmly[0][0].content.match(/DATA-[0-9a-f]{16}/);
  const calm = (later) => structure(calmly.find(([, user]) => user.content.includes(LATER) === later), mark);
  assert.equal(calm(true).blocks.length, 2, 'a later round was asked');

  // The same seed, so the same mark: whoever attacks knows it.
  attacks = TEXTS.map((text) => text.replaceAll('%MARK%', mark).replaceAll('%HALF%', mark.slice(0, 10)));
  // A browser's text fields know one kind of line break.
  const all = attacks.join('\n').replaceAll('\r\n', '\n');
  await go(page, '#/');
  for (let seats = 3; seats < attacks.length; seats += 1) await byId(page, 'add-agent').click();
  await byId(page, 'question-input').fill(all.slice(0, 1_900));
  await texts(page, all, all.slice(-1_900));
  await setRules(page, { rounds: 2, epsilon: 0, calls: 1_000 });
  await byId(page, 'max-tokens-input').fill('100000000');
  for (const [place, attack] of attacks.entries()) {
    // A field of one line keeps no line breaks; a name of nothing else would be none.
    await byId(page, `agent-model-${place}`).fill(`m${place} ${attack}`);
    await byId(page, `agent-name-${place}`).fill(`${place} ${attack}`);
  }
  const before = server.asked.length;
  await byId(page, 'run-button').click();
  await ended(page);

  const sent = server.asked.slice(before);
  assert.equal(sent.length, 2 * attacks.length, 'two rounds');
  const heard = new Set();
  for (const { body } of sent) {
    const later = body.messages[1].content.includes(LATER);
    const { outside, blocks } = structure(body.messages, mark);
    assert.deepEqual(outside, calm(later).outside);
    assert.deepEqual(Object.keys(blocks[0]).sort(), Object.keys(calm(false).blocks[0]).sort());
    assert.equal(blocks[0].background, all.replaceAll(mark, '…').trim(), 'it reads back word for word');
    if (later) {
      assert.equal(blocks[1].others.length, attacks.length - 1);
      blocks[1].others.forEach(({ name, headline, reasoning }) => heard.add(name).add(headline).add(reasoning));
    }
  }
  assert.ok([...heard].some((words) => words?.includes('<script>window.hacked=1</script>')), 'the attacks did reach their peers');

  await untouched(page, 'Watch');
  assert.equal(await byId(page, 'failures').first().getAttribute('data-value'), String(attacks.length));
  assert.equal(await verified(page), 'verified');
  for (const type of ['call', 'forecast', 'failed']) {
    const rows = page.locator(`[data-testid="event-row"][data-type="${type}"]`);
    for (let place = 0; place < (await rows.count()); place += 4) await rows.nth(place).locator('summary').first().click();
  }
  await page.getByText('window.hacked=1').first().waitFor();
  await untouched(page, 'Audit');
  await byId(page, 'share-button').click();
  await byId(page, 'share-link').waitFor();
  await untouched(page, 'the share dialog');
  const link = await byId(page, 'share-link').inputValue();
  await page.keyboard.press('Escape');
  await go(page, '#/runs');
  await byId(page, 'run-row').first().waitFor();
  await untouched(page, 'Runs');
  await go(page, '#/settings');
  await byId(page, 'price-line').nth(5).waitFor();
  await untouched(page, 'prices');
  await page.goto(link);
  await byId(page, 'verify-button').waitFor();
  await untouched(page, 'the link');
  await byId(page, 'fork-button').click();
  await byId(page, 'run-button').waitFor();
  await untouched(page, 'the form, filled from it');
  watch.noConsoleErrors({ except: [/status of 400/] });
  watch.onlyHosts([server.origin]);
});
