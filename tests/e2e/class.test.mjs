// Class mode: a teacher shows a link, three pupils answer on phones of their own, the codes come back, the reveal
// compares them with panel, market and truth. No server takes part.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, byId, ready, screenshot, startSite } from './browser.mjs';
import { ended, setRules } from './steps.mjs';

const PHONE = { viewport: { width: 390, height: 844 } };

let site;
before(async () => {
  site = await startSite();
});
after(() => site.close());

/** A run of the first example, and the page for its class. */
async function teacher(options) {
  const opened = await site.open('', options);
  await setRules(opened.page, { rounds: 2, epsilon: 0 });
  await byId(opened.page, 'run-button').click();
  await ended(opened.page);
  await opened.page.evaluate(() => { location.hash = '#/class'; });
  await byId(opened.page, 'class-link').waitFor();
  return opened;
}

/** A pupil on a phone of their own: `page` at the link, with the slider at `yes` per cent and a code made. */
async function answer(link, yes, options = {}) {
  const opened = await site.open(link.slice(link.indexOf('#')), { ...PHONE, ...options });
  await opened.page.evaluate((value) => {
    const slider = document.querySelector('[data-testid="ballot-slider"]');
    slider.value = String(value);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, yes);
  await byId(opened.page, 'ballot-make').click();
  const code = await byId(opened.page, 'ballot-code').innerText();
  return { ...opened, code };
}

const row = async (page, source) => Number(await page.locator(`[data-testid="class-row"][data-source="${source}"]`).getAttribute('data-probability'));

test('a class answers, and is compared after the reveal', async () => {
  const { page, watch } = await teacher();
  const link = await byId(page, 'class-link').inputValue();
  const pupils = [];
  for (const yes of [90, 60, 30]) pupils.push(await answer(link, yes));
  for (const { watch: theirs } of pupils) theirs.onlyHosts();
  // The pupil's page says the question, and nothing of the run.
  const seen = await pupils[0].page.locator('main').innerText();
  assert.ok(seen.includes(await byId(page, 'class-question').innerText()));
  assert.match(pupils[0].code, /^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/);

  await byId(page, 'class-codes').fill(pupils.map(({ code }) => code).join('\n'));
  assert.match(await byId(page, 'class-count').innerText(), /^3 answers/);
  assert.equal(await byId(page, 'class-result').count(), 0, 'nothing is shown before the reveal');
  await byId(page, 'class-reveal').click();
  await byId(page, 'class-result').waitFor();
  await byId(page, 'class-outcome').selectOption({ index: 0 });
  assert.equal(await row(page, 'class'), 0.6);
  const [market, panel, one, many] = [await row(page, 'market'), await row(page, 'panel'), await row(page, 'one-more'), await row(page, 'many')];
  const agents = 8;
  assert.ok(Math.abs(one - (agents * panel + 0.6) / (agents + 1)) < 1e-9, `${one}`);
  assert.ok(Math.abs(many - (agents * panel + 1.8) / (agents + 3)) < 1e-9, `${many}`);
  assert.ok(market > 0 && market < 1);

  // A pupil changes their mind: the later code of the device counts.
  const again = await (async () => {
    const { page: phone } = pupils[2];
    await phone.reload();
    await ready(phone);
    await byId(phone, 'ballot-slider').focus();
    await phone.keyboard.press('End');
    await byId(phone, 'ballot-make').focus();
    await phone.keyboard.press('Enter');
    return byId(phone, 'ballot-code').innerText();
  })();
  assert.notEqual(again, pupils[2].code);
  await byId(page, 'class-codes').fill([...pupils.map(({ code }) => code), again, 'K7M-2QX-XYZ'].join(' '));
  assert.match(await byId(page, 'class-count').innerText(), /^3 answers/);
  assert.match(await byId(page, 'class-unreadable').innerText(), /K7M-2QX-XYZ/);
  await page.waitForFunction(() => Math.abs(Number(document.querySelector('[data-source="class"]').dataset.probability) - 2.5 / 3) < 1e-9);

  // The truth is said afterwards, and everybody is scored against it.
  assert.match(await byId(page, 'class-truth').innerText(), /^The answer is not known yet/);
  await byId(page, 'class-answer').selectOption({ index: 1 });
  assert.match(await byId(page, 'class-truth').innerText(), /^The answer is Yes\. Closest to it: /);

  // A reload loses nothing.
  await page.reload();
  await ready(page);
  await byId(page, 'class-result').waitFor();
  assert.match(await byId(page, 'class-count').innerText(), /^3 answers/);
  assert.match(await byId(page, 'class-truth').innerText(), /^The answer is Yes\./);
  watch.noConsoleErrors();
  watch.onlyHosts();
});

test('everybody can read both pages: wide and phone, light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [size, viewport] of [['wide', { width: 1440, height: 900 }], ['phone', PHONE.viewport]]) {
      const { page, context } = await teacher({ colorScheme, viewport });
      const link = await byId(page, 'class-link').inputValue();
      const pupil = await answer(link, 70, { colorScheme, viewport });
      assert.deepEqual(await axe(pupil.page), []);
      await screenshot(pupil.page, `class-ballot-${size}-${colorScheme}`);
      await byId(page, 'class-codes').fill(pupil.code);
      await byId(page, 'class-reveal').click();
      await byId(page, 'class-result').waitFor();
      assert.deepEqual(await axe(page), []);
      await screenshot(page, `class-${size}-${colorScheme}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
      await context.close();
      await pupil.context.close();
    }
  }
});

test('on a projector the code and what to do stand above the fold, and fill the screen on a press', async () => {
  const { page } = await teacher({ viewport: { width: 1280, height: 720 } });
  const below = (id) => byId(page, id).evaluate((element) => element.getBoundingClientRect().bottom - innerHeight);
  for (const id of ['class-qr', 'class-link', 'class-big', 'class-question']) assert.ok((await below(id)) <= 0, id);
  await byId(page, 'class-big').click();
  const edge = await byId(page, 'class-large-qr').evaluate((element) => element.getBoundingClientRect().height);
  assert.ok(edge > 500 && (await below('class-large-qr')) <= 0, `${edge}`);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Escape');
  await byId(page, 'class-large-qr').waitFor({ state: 'detached' });
});

test('sliders of several answers show what counts, and the code can be copied', async () => {
  const { page, context } = await teacher();
  await page.evaluate(() => { location.hash = '#/'; });
  await byId(page, 'add-outcome').click();
  await byId(page, 'outcome-input-2').fill('Maybe');
  await byId(page, 'question-input').fill('Which of three?');
  await byId(page, 'ask-class').click();
  // The run that is open has answered another question: the page says so, and asks this one without showing its answer.
  await byId(page, 'class-ask').click();
  await page.waitForFunction(() => document.querySelector('[data-testid="class-question"]')?.textContent === 'Which of three?');
  const link = await byId(page, 'class-link').inputValue();
  await page.goto(link);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const slide = (place, to) => byId(page, 'ballot-slider').nth(place).fill(String(to));
  await slide(0, 50);
  await slide(1, 30);
  await slide(2, 20);
  const shown = await page.locator('.ballot-slider').evaluateAll((rows) => rows.map((row) => [row.querySelector('input').value, parseInt(row.querySelector('output').textContent, 10)]));
  assert.deepEqual(shown, [['50', 50], ['30', 30], ['20', 20]]);
  await byId(page, 'ballot-make').click();
  const code = await byId(page, 'ballot-code').innerText();
  await byId(page, 'ballot-copy').click();
  await byId(page, 'ballot-copy').getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
});

test('without a run, and with a damaged link, the page says what to do', async () => {
  const { page } = await site.open('#/class');
  await byId(page, 'class-empty').waitFor();
  const { page: other } = await teacher();
  const link = await byId(other, 'class-link').inputValue();
  for (const broken of [link.slice(0, -4), `${site.url}#/c/%3Cimg%20src=x%3E`, `${site.url}#/c/abc`]) {
    await page.evaluate((to) => { location.hash = to; }, broken.slice(broken.indexOf('#')));
    await byId(page, 'class-broken').waitFor();
    assert.match(await byId(page, 'class-broken').innerText(), /damaged or cut off/);
  }
});
