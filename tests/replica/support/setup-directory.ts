import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes an empty folder that is removed when the test ends. */
export function setupDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'network-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
