// A model that runs in this tab: GGUF files kept in the browser's private file system, and llama.cpp (wllama) in a
// worker. The page imports this file, and this file imports wllama, only when such a model is chosen: until then
// nothing under wllama/ is fetched. Whatever goes wrong is thrown as a Failure, whose code the page has words for.
// It knows no run and no agent; requests and replies have the form of Chat Completions.

const FOLDER = 'tab-models';
// What wasm can address, less what the context and the program itself need.
const MOST_BYTES = 3.5 * 2 ** 30;
const GGUF = 'GGUF';
// A context of 8,192 tokens takes 60 to 250 MB for the models that run well here; large files get half.
const LARGE_BYTES = 2 ** 30;
const PROGRESS_MILLIS = 100;
const WLLAMA = new URL('../wllama/', import.meta.url);

/** Why it did not work: a code that the page has words for, and whatever figure or sentence belongs to it. */
class Failure extends Error {
  constructor(code, detail = '') {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = String(detail);
  }
}

const isAbort = (error) => error?.name === 'AbortError';
const isQuota = (error) => error?.name === 'QuotaExceededError';

// ---- Files ------------------------------------------------------------------------------------------------------

async function folder() {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(FOLDER, { create: true });
  } catch {
    throw new Failure('no_storage');
  }
}

/** The kept models, `{ name, bytes }`, in the order of their names. */
export async function models() {
  const found = [];
  for await (const [name, handle] of (await folder()).entries()) {
    // A name that ends otherwise is the browser's own file for a download that is under way.
    if (handle.kind === 'file' && name.endsWith('.gguf')) {
      found.push({ name: bare(name), bytes: (await handle.getFile()).size });
    }
  }
  return found.filter(({ bytes }) => bytes > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Forgets a kept model. */
export async function remove(name) {
  if (engine?.name === name) await unload();
  await (await folder()).removeEntry(`${name}.gguf`).catch((error) => {
    if (error?.name !== 'NotFoundError') throw new Failure('no_storage');
  });
}

/** Keeps a file that a person picked, and gives its name. `onProgress` hears of bytes written and of all bytes. */
export async function keepFile(file, onProgress, signal) {
  return keep(file.name, file.size, file.stream(), onProgress, signal);
}

/** Fetches a file and keeps it. */
export async function keepFrom(address, onProgress, signal) {
  const url = new URL(address);
  let response;
  try {
    response = await fetch(url, { signal, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
  } catch (error) {
    throw new Failure(isAbort(error) ? 'aborted' : 'unreachable', url.origin);
  }
  if (!response.ok || !response.body) throw new Failure('http', response.status);
  // A compressed answer says how long it is on the wire, not how long the file is.
  const bytes = response.headers.get('content-encoding') ? 0 : Number(response.headers.get('content-length') ?? 0);
  const name = decodeURIComponent(url.pathname.split('/').pop() || url.hostname);
  return keep(name, bytes, response.body, onProgress, signal);
}

/** Writes a stream into the folder: whole, or not at all. `bytes` is 0 where nobody says how many will come. */
async function keep(fileName, bytes, stream, onProgress, signal) {
  const reader = stream.getReader();
  let writable;
  try {
    if (/-\d{5}-of-\d{5}\.gguf$/i.test(fileName)) throw new Failure('split');
    if (bytes > MOST_BYTES) throw new Failure('too_big', bytes);
    const first = await firstBytes(reader);
    if (new TextDecoder('latin1').decode(first.subarray(0, GGUF.length)) !== GGUF) throw new Failure('not_gguf', fileName);
    await roomFor(bytes);
    const name = safeName(fileName);
    const handle = await (await folder()).getFileHandle(`${name}.gguf`, { create: true });
    // What is written stands beside the file until it is closed: an aborted download leaves nothing behind.
    writable = await handle.createWritable();
    const written = await pour(first, reader, writable, bytes, onProgress, signal);
    if (bytes > 0 && written < bytes) throw new Failure('cut', bytes - written);
    await writable.close();
    writable = undefined;
    if (engine?.name === name) await unload();
    // The browser may refuse; then it may also delete the file when it runs out of space.
    navigator.storage.persist?.().catch(() => {});
    return name;
  } catch (error) {
    await writable?.abort().catch(() => {});
    await dropEmpty(fileName);
    throw readable(error, signal);
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function firstBytes(reader) {
  let first = new Uint8Array();
  while (first.length < GGUF.length) {
    const { done, value } = await reader.read();
    if (done) break;
    const longer = new Uint8Array(first.length + value.length);
    longer.set(first);
    longer.set(value, first.length);
    first = longer;
  }
  return first;
}

async function pour(first, reader, writable, bytes, onProgress, signal) {
  let written = 0;
  let told = 0;
  for (let next = { value: first }; !next.done; next = await reader.read()) {
    if (signal.aborted) throw new Failure('aborted');
    await writable.write(next.value);
    written += next.value.length;
    if (written > MOST_BYTES) throw new Failure('too_big', written);
    if (performance.now() - told > PROGRESS_MILLIS) {
      told = performance.now();
      onProgress(written, bytes);
    }
  }
  if (signal.aborted) throw new Failure('aborted');
  onProgress(written, bytes);
  return written;
}

async function roomFor(bytes) {
  const { quota = 0, usage = 0 } = (await navigator.storage.estimate?.().catch(() => ({}))) ?? {};
  if (quota > 0 && bytes > quota - usage) throw new Failure('quota', quota - usage);
}

/** A handle that was made for a file that never came would be listed as an empty model. */
async function dropEmpty(fileName) {
  const name = `${safeName(fileName)}.gguf`;
  const home = await folder().catch(() => null);
  const handle = await home?.getFileHandle(name).catch(() => null);
  if (handle && (await handle.getFile()).size === 0) await home.removeEntry(name).catch(() => {});
}

const bare = (fileName) => fileName.replace(/\.gguf$/i, '');
const safeName = (fileName) => bare(fileName).replace(/[^\w.+-]+/g, '-').slice(0, 120) || 'model';

function readable(error, signal) {
  if (error instanceof Failure) return error;
  if (signal?.aborted || isAbort(error)) return new Failure('aborted');
  if (isQuota(error)) return new Failure('quota');
  // A stream that breaks is a TypeError, whatever the reason.
  return new Failure('cut');
}

// ---- The model --------------------------------------------------------------------------------------------------

// `{ name, wllama, log }` of the model in memory: one at a time.
let engine = null;
// Calls come one after the other, whoever asks.
let last = Promise.resolve();

function inTurn(work) {
  const turn = last.then(work);
  last = turn.catch(() => {});
  return turn;
}

/** Brings a kept model into memory, unless it is there. */
export function load(name) {
  return inTurn(() => engineFor(name));
}

/** Gives the memory back. */
export async function unload() {
  const old = engine;
  engine = null;
  await old?.wllama.exit().catch(() => {});
}

async function engineFor(name) {
  if (engine?.name === name) return engine;
  await unload();
  if (!has64BitMemory()) throw new Failure('no_memory64');
  const handle = await (await folder()).getFileHandle(`${name}.gguf`).catch(() => null);
  const file = await handle?.getFile();
  if (!file?.size) throw new Failure('not_kept', name);
  const { Wllama } = await import(new URL('index.min.js', WLLAMA)).catch(() => {
    throw new Failure('no_engine');
  });
  const log = [];
  const keepLine = (...parts) => log.push(parts.map(String).join(' ')) > 40 && log.shift();
  const logger = { debug() {}, log() {}, warn: keepLine, error: keepLine };
  const wllama = new Wllama({ default: new URL('wllama.wasm', WLLAMA).href }, { logger });
  // Never ask wllama's own network for parts that this site does not serve.
  wllama.setCompat(null);
  try {
    await wllama.loadModel([file], {
      n_ctx: file.size > LARGE_BYTES ? 4_096 : 8_192,
      n_parallel: 1,
      // Between batches Stop is heard and progress told: small ones keep both quick.
      n_batch: 64,
      // Only a page that is isolated from other origins gets more than one thread.
      n_threads: Math.max(1, Math.floor((navigator.hardwareConcurrency || 2) / 2)),
      log_level: 3,
    });
    if (!(wllama.getLoadedContextInfo().n_vocab > 0)) throw new Error('the file could not be read');
  } catch (error) {
    await wllama.exit().catch(() => {});
    throw new Failure(...whyNotLoaded(error, log, file.size));
  }
  engine = { name, wllama, log };
  return engine;
}

function has64BitMemory() {
  try {
    return Boolean(new WebAssembly.Memory({ address: 'i64', initial: 1n }));
  } catch {
    return false;
  }
}

const outOfMemory = (text) => /out of memory|OOM|alloc|memory access out of bounds|Cannot enlarge/i.test(text);

function whyNotLoaded(error, log, bytes) {
  const told = [error?.message ?? error, ...log].join('\n');
  if (outOfMemory(told)) return ['memory', bytes];
  const line = log.findLast((line) => /error|unknown|unsupported|invalid|missing|fail/i.test(line));
  return ['not_loaded', line ?? error?.message ?? error];
}

/**
 * Asks a model. `body` is a request of Chat Completions as JSON; each chunk of the reply goes to `onChunk` as JSON, an
 * empty text says that there is life. It ends when the reply has ended, and throws a Failure if it does not.
 */
export function chat(name, body, onChunk, signal) {
  const tell = (text) => signal.aborted || onChunk(text);
  // Loading a model and waiting for one's turn take time in which nothing else arrives.
  const pulse = setInterval(() => tell(''), 5_000);
  const answered = inTurn(async () => {
    if (signal.aborted) throw new Failure('aborted');
    const { wllama, log } = await engineFor(name);
    if (signal.aborted) throw new Failure('aborted');
    clearInterval(pulse);
    try {
      await wllama.createChatCompletion({
        // wasm has no source of chance of its own: without a seed every answer to a prompt is the same.
        seed: Math.floor(Math.random() * 2 ** 31),
        ...JSON.parse(body),
        stream: true,
        return_progress: true,
        abortSignal: signal,
        onData: (chunk) => tell(JSON.stringify(chunk)),
      });
    } catch (error) {
      throw await whyNotAnswered(error, log, signal);
    }
  });
  return answered.finally(() => clearInterval(pulse));
}

async function whyNotAnswered(error, log, signal) {
  if (signal.aborted || isAbort(error)) return new Failure('aborted');
  const told = String(error?.message ?? error);
  if (/context size|exceed_context/i.test(told)) return new Failure('context', told);
  if (error?.type === 'inference_error') return new Failure('not_answered', told);
  // After a crash the worker answers nothing more: the next call starts a new one.
  await unload();
  return new Failure(outOfMemory([told, ...log].join('\n')) ? 'memory' : 'crashed', told);
}
