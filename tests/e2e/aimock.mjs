// A scripted model server for the end-to-end tests: @copilotkit/aimock in this process, on a free loopback port.
//
//   const mock = await startAimock([
//     ...always({ model: 'steady' }, answer({ beliefs: [0.7, 0.3] })),
//     ...sequence({ model: 'hasty' }, [rateLimited(), answer({ beliefs: [0.6, 0.4] })]),
//   ]);
//   mock.baseUrl       // what the page's connection gets, http://127.0.0.1:<port>/v1
//   mock.journal()     // the chat requests so far
//   await mock.stop();
//
// How aimock 1.43 behaves (read in its source and seen):
// - The first fixture whose whole `match` fits answers; `{}` fits everything; no fit is a 404, which nobody retries.
//   `model` fits exactly (or as the stem of a dated name, `m` for `m-2026-01-01`); `userMessage` is a substring or RegExp
//   of the LAST user message, `systemMessage` of all system messages joined; `responseFormat` is `json_schema`,
//   `json_object`…; `predicate` gets the request's whole body.
// - `sequenceIndex: n` fits only the n-th time (from 0) that this match was asked, counted over all fixtures that differ
//   only in their index. Agents answer in parallel, so give each scripted agent a model name of its own.
// - GET /v1/models lists the models that fixtures name as plain strings, and is not in the journal.
// - Only `stream: true` streams. One chunk opens with empty content, then one for each `chunkSize` characters, then one
//   with `finish_reason`; `stream_options.include_usage` adds a usage chunk with empty `choices`; last is `[DONE]`.
//   `latency` waits before every chunk and does nothing to a plain reply or an error; `chaos.latencyMs` waits once before
//   anything is answered. Tokens are estimated from lengths unless the response carries `usage`.
// - `truncateAfterChunks` counts the opening chunk and then destroys the connection, with what was not sent yet: without a
//   `latency` nothing arrives at all. The page sees the chunks and then a network error; a stream that ends in good order
//   but without its last chunk is not something aimock can do.
// - Chromium itself asks a second time when a connection that it reused closes before any answer: the journal has it twice.
// - CORS: `*` on every answer, errors too, and a key may be sent. A 429 has `Retry-After`, but no page can read it: it is
//   not exposed. The journal shows a key as `[REDACTED]`, and no `authorization` where none was sent.
import { createServer } from '@copilotkit/aimock';

/** Starts the server; `fixtures` are aimock's own, best made with the functions below. It is ready when this resolves. */
export async function startAimock(fixtures, options = {}) {
  const { server, journal, url } = await createServer(fixtures, { port: 0, chunkSize: 24, journalMaxEntries: 0, ...options });
  return {
    origin: url,
    baseUrl: `${url}/v1`,
    /** The chat requests in the order of their arrival: `{ at, path, headers, body, status, interrupted, chaosAction }`. */
    journal: () =>
      journal.getAll().map(({ timestamp, path, headers, body, response }) => ({
        at: timestamp,
        path,
        headers,
        body,
        status: response.status,
        interrupted: response.interrupted ?? false,
        chaosAction: response.chaosAction,
      })),
    stop() {
      const stopped = new Promise((done) => server.close(done));
      server.closeAllConnections(); // a stream may still be open
      return stopped;
    },
  };
}

/** Fixtures that give `steps` one after the other to requests that fit `match`; the last step answers ever after. */
export function sequence(match, steps) {
  return steps.map((step, index) => ({
    ...step,
    match: index === steps.length - 1 ? match : { ...match, sequenceIndex: index },
  }));
}

/** One fixture, as a list, that gives `step` to every request that fits `match`. */
export const always = (match, step) => sequence(match, [step]);

/** A whole reply. `content` is text, or a value that is sent as JSON; `usage`, `finishReason`… go into `more`. */
export const answer = (content, more = {}) => ({ response: { content: asText(content), ...more } });

/** A whole reply, with `millis` before every chunk of its stream. */
export const slowAnswer = (millis, content) => ({ ...answer(content), latency: millis });

/** The same as `answer`, but nothing at all arrives for `millis` (at most 30,000). */
export const lateAnswer = (millis, content) => ({ ...answer(content), chaos: { latencyMs: millis } });

/** A stream that breaks off after `chunks` chunks, of which the page gets all but the last; the first one is empty. */
export const cutAnswer = (chunks, content) => ({ ...answer(content), truncateAfterChunks: chunks, latency: 20 });

/** A reply that ran into its token limit after `content`. */
export const overlongAnswer = (content) => answer(content, { finishReason: 'length' });

/** An HTTP error in OpenAI's shape. */
export const httpError = (status, message, error = {}) => ({ response: { status, error: { message, ...error } } });

/** Status 429, for now. */
export const rateLimited = () => httpError(429, 'Rate limit reached', { type: 'requests', code: 'rate_limit_exceeded' });

/** A 200 whose body is not JSON at all. */
export const brokenBody = () => ({ ...answer(''), chaos: { malformedRate: 1 } });

/** The connection closes before any answer. */
export const droppedConnection = () => ({ ...answer(''), chaos: { disconnectRate: 1 } });

function asText(content) {
  return typeof content === 'string' ? content : JSON.stringify(content);
}
