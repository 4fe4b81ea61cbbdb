// The browser's own language model, through the Prompt API (the global LanguageModel). The page imports this file only
// when that model is chosen. Requests and replies have the form of Chat Completions, so that the page reads them as it
// reads any other; whatever goes wrong is thrown as a Failure, whose code the page has words for.

// Chrome wants to know the language of answers; the panel's instructions are English.
const LANGUAGES = {
  expectedInputs: [{ type: 'text', languages: ['en'] }],
  expectedOutputs: [{ type: 'text', languages: ['en'] }],
};
// The API has no limit on tokens: a reply that is longer than so many characters a token is cut here.
const CHARS_A_TOKEN = 8;

/** Why it did not work: a code that the page has words for, and what the browser says. */
class Failure extends Error {
  constructor(code, detail = '') {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = String(detail);
  }
}

/** `absent`, or what the browser says: `unavailable`, `downloadable`, `downloading` or `available`. */
export async function availability() {
  if (!('LanguageModel' in globalThis)) return 'absent';
  try {
    return await globalThis.LanguageModel.availability(LANGUAGES);
  } catch {
    return 'unavailable';
  }
}

/** Lets the browser download its model; it wants a press of the person just before. `onProgress` hears a share of 1. */
export async function download(onProgress, signal) {
  try {
    const session = await create({ signal }, (share) => signal.aborted || onProgress(share));
    session.destroy();
  } catch (error) {
    throw readable(error, signal);
  }
}

function create(options, onShare) {
  return globalThis.LanguageModel.create({
    ...LANGUAGES,
    ...options,
    monitor: (monitor) => monitor.addEventListener('downloadprogress', (event) => onShare?.(event.loaded)),
  });
}

/** Asks the model: `body` is a request of Chat Completions as JSON; each chunk of the reply goes to `onChunk` as JSON. */
export async function chat(_name, body, onChunk, signal) {
  const state = await availability();
  if (state !== 'available') {
    throw new Failure(state === 'absent' || state === 'unavailable' ? state : 'not_downloaded');
  }
  const request = JSON.parse(body);
  if (request.logprobs) throw new Failure('no_logprobs');
  const tell = (chunk) => signal.aborted || onChunk(JSON.stringify({ object: 'chat.completion.chunk', ...chunk }));
  let session;
  try {
    session = await create({ signal, ...sampling(request), ...opening(request) });
    const read = await tokensOf(session, request.messages.at(-1).content);
    const finish = await answer(session, request, tell, signal);
    tell({ choices: [{ index: 0, delta: {}, finish_reason: finish }] });
    const written = usageOf(session) - read;
    if (written >= 0) tell({ choices: [], usage: { prompt_tokens: read, completion_tokens: written } });
  } catch (error) {
    throw readable(error, signal);
  } finally {
    session?.destroy();
  }
}

/** Browsers that let a page choose a temperature say so by `params`, and take it only together with topK. */
function sampling({ temperature }) {
  if (temperature === undefined) return {};
  if (!('params' in globalThis.LanguageModel)) throw new Failure('no_temperature');
  return { temperature: Math.min(2, temperature), topK: temperature > 0 ? 40 : 1 };
}

/** Everything but the last message opens the conversation. */
function opening({ messages }) {
  return messages.length > 1 ? { initialPrompts: messages.slice(0, -1) } : {};
}

// Both names of the counters are in use; a browser that has neither gives NaN, and no count is told.
const usageOf = (session) => session.contextUsage ?? session.inputUsage ?? NaN;

async function tokensOf(session, text) {
  const measure = session.measureContextUsage ?? session.measureInputUsage;
  return usageOf(session) + (await measure?.call(session, text) ?? NaN);
}

async function answer(session, { messages, response_format: format, max_tokens: tokens }, tell, signal) {
  const schema = format?.json_schema?.schema ?? (format?.type === 'json_object' ? { type: 'object' } : undefined);
  const stop = new AbortController();
  const options = { signal: AbortSignal.any([signal, stop.signal]), ...(schema && { responseConstraint: schema }) };
  const most = (tokens ?? 1_000) * CHARS_A_TOKEN;
  let written = 0;
  const reader = session.promptStreaming(messages.at(-1).content, options).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    tell({ choices: [{ index: 0, delta: { content: next.value }, finish_reason: null }] });
    written += next.value.length;
    if (written > most) {
      stop.abort();
      reader.cancel().catch(() => {});
      return 'length';
    }
  }
  return 'stop';
}

function readable(error, signal) {
  if (error instanceof Failure) return error;
  if (signal.aborted || error?.name === 'AbortError') return new Failure('aborted');
  const told = error?.message ?? String(error);
  if (error?.name === 'QuotaExceededError') return new Failure('context', told);
  // What the API calls NotReadableError is an answer that the browser's filter withheld.
  if (error?.name === 'NotReadableError') return new Failure('refused', told);
  if (error?.name === 'NotAllowedError') return new Failure('not_downloaded');
  return new Failure('not_answered', told);
}
