import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { CommandError } from '../terminal/command-error.ts';
import { withoutSecrets } from '../terminal/without-secrets.ts';

/** Makes the folder of --directory where it is missing. Throws a `CommandError` where files cannot be written to it. */
export function makeUsableFolder(path: string): void {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new CommandError(
      `--directory: ${withoutSecrets(path)} ${reason}. Give a folder that can be written to.`,
      { cause },
    );
  };
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    refuse(whyUnmade(cause), cause);
  }
  if (!statSync(path).isDirectory()) refuse('is a file');
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    refuse('may not be written to', cause);
  }
}

function whyUnmade(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no reason is known';
  if (code === 'EEXIST') return 'is a file';
  if (code === 'ENOTDIR') return 'lies below a file';
  return `cannot be made (${code})`;
}
