// Starts the app without any inline script, so that the page's policy needs neither hash nor nonce.
// The shell of index.html stands until the app is mounted; if that fails, it says what to do.
// This file's name has no hash: an older cached copy must still understand a newer index.html,
// so keep the two attribute names.
const programs = document.querySelector('script[data-wasm]').dataset;

/** The text that stands until the app does; this script may run before it is parsed. */
async function shellText() {
  if (document.readyState === 'loading') await new Promise((next) => addEventListener('DOMContentLoaded', next, { once: true }));
  return document.querySelector('#boot p');
}

// German if it was chosen, or if nothing was and the browser speaks it; a site that was built without it has no choice.
function wantedLanguage() {
  if (!programs.deWasm) return 'en';
  let chosen = null;
  try {
    chosen = JSON.parse(localStorage.getItem('credence/language'));
  } catch {
    // Nothing can be remembered here.
  }
  return (chosen ?? navigator.language.slice(0, 2)) === 'de' ? 'de' : 'en';
}

async function startIn(language) {
  await start(language === 'de' ? { js: programs.deJs, wasm: programs.deWasm } : programs);
  document.documentElement.lang = language;
}

async function start({ js, wasm }) {
  const [{ default: init }, module] = await Promise.all([
    import(new URL(js, document.baseURI)),
    compiled(new URL(wasm, document.baseURI)),
  ]);
  // Compiling and mounting are two tasks: the browser may draw in between.
  await shellText();
  await new Promise((next) => setTimeout(next));
  // The frame around the pages is mounted by this, the first page by the app's next task.
  const shown = new Promise((next, fail) => {
    addEventListener('credence:shown', next, { once: true });
    addEventListener('error', ({ error }) => error instanceof WebAssembly.RuntimeError && fail(error));
  });
  await init({ module_or_path: module });
  await shown;
}

// Compiles while the bytes arrive, unless the host does not say what they are.
async function compiled(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the site answers ${response.status}`);
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

async function showFailure(sentence) {
  const text = await shellText();
  text.textContent = sentence;
  text.parentElement.setAttribute('role', 'alert');
}

if (typeof WebAssembly !== 'object') {
  showFailure('This browser does not run WebAssembly, which Credence needs. Try a current version of any browser.');
} else {
  try {
    let language = wantedLanguage();
    if (language === 'de') shellText().then((text) => { text.textContent = 'Wird geladen …'; });
    await startIn(language).catch((error) => {
      // Without a network there may be only the English page.
      if (language === 'en' || document.getElementById('main')) throw error;
      language = 'en';
      return startIn(language);
    });
    document.getElementById('boot').remove();
    document.documentElement.dataset.ready = 'true';
    // Without it the page works as well, only not offline: pages that are not secure have none.
    const keeper = language === 'en' ? 'offline.js' : `offline.js?language=${language}`;
    navigator.serviceWorker?.register(new URL(keeper, document.baseURI)).catch(() => {});
  } catch (error) {
    console.error(error);
    showFailure('Credence could not start. Check the connection and load the page again.');
  }
}
