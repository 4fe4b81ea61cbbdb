// Adds up what the test runners say in a log and prints `<passed> <failed>`.
// Read are the lines of cargo test and wasm-bindgen-test (`test result: ok. 3 passed; 0 failed; …`)
// and of node --test (`ℹ pass 3` or `# pass 3`, where a cancelled test counts as a failed one).
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const log = stripVTControlCharacters(readFileSync(process.argv[2], 'utf8'));
const sum = (pattern) => [...log.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);

const passed = sum(/^test result: .*?(\d+) passed;/gm) + sum(/^[ℹ#] pass (\d+)$/gm);
const failed = sum(/^test result: .*?(\d+) failed;/gm) + sum(/^[ℹ#] (?:fail|cancelled) (\d+)$/gm);
console.log(`${passed} ${failed}`);
