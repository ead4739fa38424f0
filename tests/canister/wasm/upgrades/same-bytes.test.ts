import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../..');
const MODULE = '.azle/agent_service/agent_service.wasm';
/** Within the project, so that hard links reach it. */
const COPY = join(ROOT, 'test-results/a-folder-whose-path-is-longer-than-that-of-the-project');
const SOURCES = [
  'dfx.json',
  'package.json',
  'package-lock.json',
  'scripts',
  'src',
  'tsconfig.base.json',
  'tsconfig.json',
];

describe('the canister', () => {
  it('builds to the same bytes in any folder, so that its hash on chain can be held against the source', () => {
    mkdirSync(COPY, { recursive: true });
    onTestFinished(() => rmSync(COPY, { recursive: true, force: true }));
    for (const source of SOURCES) cpSync(join(ROOT, source), join(COPY, source), { recursive: true });
    execFileSync('cp', ['-al', join(ROOT, 'node_modules'), COPY]);

    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-canister.ts'], {
      cwd: COPY,
      stdio: 'pipe',
    });

    expect(hashOf(join(COPY, MODULE))).toBe(hashOf(join(ROOT, MODULE)));
    expect(hashOf(join(COPY, `${MODULE}.gz`))).toBe(hashOf(join(ROOT, `${MODULE}.gz`)));
    expect(readFileSync(join(ROOT, MODULE)).includes(ROOT)).toBe(false);
  }, 600_000);
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
