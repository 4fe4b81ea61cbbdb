// Python packages for tests, from PyPI: a virtual environment for each set of them, made once and kept by version in the
// user's cache folder, so that other clones reuse it.
//
//   const python = await venv('ray', ['ray==2.60.0']);   // the interpreter's path
//   const skip = typeof python === 'string' ? false : python.missing;
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'credence-tools');

/** The interpreter with these packages, or `{ missing }`: one line that says why there is none. */
export async function venv(name, packages) {
  const versions = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const home = join(CACHE, `python-${name}-${versions}`);
  // pip's last act; a venv without it was left half made.
  const complete = join(home, 'complete');
  if (existsSync(complete)) return join(home, 'bin/python');
  await mkdir(CACHE, { recursive: true });
  // A venv cannot be moved, so it is made in its place; a second test waits and finds it done.
  const make = [
    'set -e', '[ -e "$1/complete" ] && exit', 'rm -rf "$1"', 'python3 -m venv "$1"',
    'home=$1', 'shift', '"$home/bin/pip" install --quiet --disable-pip-version-check --no-input --retries 1 --timeout 20 "$@"',
    'touch "$home/complete"',
  ].join('\n');
  try {
    await run('flock', [`${home}.lock`, 'bash', '-c', make, 'venv', home, ...packages], { timeout: 270_000, maxBuffer: 1 << 24 });
    return join(home, 'bin/python');
  } catch (failed) {
    await rm(home, { recursive: true, force: true });
    const reason = String(failed.stderr ?? failed.message).trim().split('\n').at(-1);
    return { missing: `${packages.join(', ')} cannot be had (python3 with venv, and PyPI): ${reason}` };
  }
}
