// A model server of a test's own, for what aimock cannot do: headers that a page may read, silence, a key that comes
// back. It speaks Chat Completions on a free loopback port.
//
//   const server = await startServer(({ body, nth }) => (nth === 0 ? busy(60) : says(belief)));
//   server.baseUrl     // what the page's connection gets
//   server.asked       // the chat requests so far: `{ at, model, headers, body }`
//   await server.stop();
import { createServer } from 'node:http';

const OPEN = {
  'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-expose-headers': '*',
};

/**
 * Starts it. `decide` gets `{ body, headers, nth }`, the n-th request for this model from 0, and gives a reply made with
 * the functions below, or nothing: then the request hangs.
 */
export async function startServer(decide) {
  const asked = [];
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, OPEN).end();
    let text = '';
    request.on('data', (piece) => { text += piece; });
    return request.on('end', () => {
      if (request.method !== 'POST') return response.writeHead(404, OPEN).end('{}');
      const body = JSON.parse(text);
      const nth = asked.filter(({ model }) => model === body.model).length;
      asked.push({ at: Date.now(), model: body.model, headers: request.headers, body });
      const reply = decide({ body, headers: request.headers, nth });
      return reply && response.writeHead(reply.status, { ...OPEN, ...reply.headers }).end(reply.text);
    });
  });
  await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    asked,
    stop() {
      const stopped = new Promise((done) => { server.close(done); });
      server.closeAllConnections();
      return stopped;
    },
  };
}

/** A whole reply; a value is sent as JSON. */
export function says(content) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }];
  return { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify({ choices, usage: { prompt_tokens: 400, completion_tokens: 60 } }) };
}

/** An error in OpenAI's shape. */
export function refuses(status, message, headers = {}) {
  return { status, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify({ error: { message } }) };
}

/** A rate limit that asks for patience, in a header that the page may read. */
export const busy = (seconds) => refuses(429, 'Too many requests', { 'retry-after': String(seconds) });
