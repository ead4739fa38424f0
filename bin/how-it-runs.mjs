/** Whether the commands run compiled code, as in the package, or sources, as in a clone. Runs on Node alone. */
import { existsSync } from 'node:fs';

/** A clone has the sources, which a package has not. */
export function isClone() {
  return existsSync(new URL('../src/cli/main.ts', import.meta.url));
}

/** Loads a compiled file of the package; ends the process with a sentence where it is not there. */
export async function runCompiled(file) {
  const url = new URL(`../dist/cli/${file}`, import.meta.url);
  if (!existsSync(url)) {
    console.error('This package was packed without its build. Pack it again, without --ignore-scripts.');
    process.exit(1);
  }
  await import(url);
}
