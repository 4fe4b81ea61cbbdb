// A small static server, so that what is looked at and tested is exactly what a static host would serve.
// As a program: `node scripts/serve.mjs FOLDER [PORT]`. As a module: `serveFolder`, used by the tests and benches.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request as send } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Serves `folder` under `base`, a path such as `/` or `/some/where/`; port 0 takes a free one.
 * `proxies` maps paths such as `/other/` to origins: what is asked below one is asked there, for servers that admit no
 * page but one of their own origin. Tests use it.
 * Resolves to `{ url, close }` once it listens on 127.0.0.1.
 */
export async function serveFolder(folder, { base = '/', port = 0, proxies = {} } = {}) {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const path = Object.keys(proxies).find((path) => request.url.startsWith(path));
    if (path) return pass(new URL(request.url.slice(path.length), `${proxies[path]}/`), request, response);
    answer(root, base, request, response).catch(() => refuse(response, 500));
  });
  await new Promise((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** Asks another server what was asked here, and streams its answer back; it breaks off where that breaks off. */
function pass(url, request, response) {
  const { host, origin, referer, ...headers } = request.headers;
  const asked = send(url, { method: request.method, headers }, (reply) => {
    response.writeHead(reply.statusCode, reply.headers);
    reply.on('data', (chunk) => response.write(chunk));
    reply.on('end', () => (reply.complete ? response.end() : response.destroy()));
    reply.on('error', () => response.destroy());
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  request.pipe(asked);
}

async function answer(root, base, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const path = decodedPath(request.url);
  if (path === null) return refuse(response, 400);
  if (!path.startsWith(base)) return refuse(response, 404);

  let file = join(root, path.slice(base.length));
  if (file !== root && !file.startsWith(root + sep)) return refuse(response, 404);
  let found = await stat(file).catch(() => null);
  if (found?.isDirectory()) {
    if (!path.endsWith('/')) return response.writeHead(301, { location: `${encodeURI(path)}/` }).end();
    file = join(file, 'index.html');
    found = await stat(file).catch(() => null);
  }
  if (!found?.isFile()) return refuse(response, 404);

  response.writeHead(200, {
    'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

function decodedPath(url) {
  try {
    const path = decodeURIComponent(url.split('?', 1)[0]);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

function refuse(response, status) {
  if (response.headersSent) return response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${status}\n`);
}

async function main([folder, port = '8080']) {
  const number = Number(port);
  if (!folder || !Number.isInteger(number) || number < 0 || number > 65535) {
    console.error('usage: node scripts/serve.mjs FOLDER [PORT]   (a port is 0 to 65535)');
    process.exit(2);
  }
  try {
    const { url } = await serveFolder(folder, { port: number });
    console.log(`Serving ${url} (Ctrl+C stops)`);
  } catch (error) {
    const reason = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`;
    console.error(`error: port ${port} ${reason}; choose another one: PORT=${number + 1} ./run`);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
