// Builds the lab's native bench for speed and runs it with the given arguments: what `./bench efficiency` and
// `./bench robustness` have in common.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Ends this process with the bench's own exit code. */
export function runNativeBench(name) {
  const build = ['run', '--quiet', '--locked', '--release', '--features', 'bench', '--example', 'bench_lab'];
  const speed = ['--config', 'profile.release.opt-level=3'];
  const { status } = spawnSync('cargo', [...build, ...speed, '--', name, ...process.argv.slice(2)], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
