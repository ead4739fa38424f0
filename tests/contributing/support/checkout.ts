import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** What the steps of a checklist read and write. The dapp and the network are as they were. */
const PARTS = [
  'bench',
  'docs/reference',
  'scripts',
  'src',
  'tests',
  '.gitignore',
  'CHANGELOG.md',
  'biome.json',
  'dfx.json',
  'package-lock.json',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** What is changed by hand in one file. */
export interface Edit {
  readonly path: string;
  /** Line by line, what follows what; a new file has none. */
  readonly after?: string;
  readonly text: string;
}

/** A copy of the sources, which is removed when the test is over. */
export class Checkout {
  readonly #root = mkdtempSync(join(tmpdir(), 'agent-service-checkout-'));

  constructor() {
    onTestFinished(() => rmSync(this.#root, { recursive: true, force: true }));
    for (const part of PARTS) {
      cpSync(join(ROOT, part), join(this.#root, part), {
        recursive: true,
        filter: (path) => !/node_modules|\.venv|__pycache__|target$/.test(path.slice(ROOT.length)),
      });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.#root, 'node_modules'));
  }

  /** Throws an error where the text that an edit follows is not there once. */
  edit({ path, after, text }: Edit): void {
    const file = join(this.#root, path);
    if (after === undefined) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
      return;
    }
    const [before = '', rest, ...others] = readFileSync(file, 'utf8').split(after);
    if (rest === undefined || others.length > 0) throw new Error(`${path} does not have once: ${after}`);
    writeFileSync(file, `${before}${after}${text}${rest}`);
  }

  read(path: string): string {
    return readFileSync(join(this.#root, path), 'utf8');
  }

  /** Runs a program of node_modules/.bin; throws with what it said where it fails. */
  run(program: string, ...words: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', program), words, {
      cwd: this.#root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`${program} failed:\n${stdout}${stderr}`);
  }

  /** Writes a file of the copy alone. */
  write(path: string, text: string): void {
    writeFileSync(join(this.#root, path), text);
  }
}
