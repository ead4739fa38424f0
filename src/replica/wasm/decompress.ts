import { gunzipSync } from 'node:zlib';
import { ModuleError } from './module-error.ts';
import { moduleLimits } from './module-rules.ts';

const gzipMagic = [0x1f, 0x8b, 0x08];

/** Gives the module in an upload, which may be gzip-compressed ("Canister module format"); bounded in size. */
export function decompressModule(upload: Uint8Array): Uint8Array {
  if (upload.length > moduleLimits.moduleSize) throw tooLarge();
  if (gzipMagic.some((byte, i) => upload[i] !== byte)) return upload;
  try {
    return new Uint8Array(gunzipSync(upload, { maxOutputLength: moduleLimits.moduleSize }));
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(cause);
    throw new ModuleError('bad-gzip', 'The module looks gzip-compressed, but cannot be decompressed.', {
      cause,
    });
  }
}

function tooLarge(cause?: unknown): ModuleError {
  const limit = moduleLimits.moduleSize / 1024 / 1024;
  return new ModuleError('too-large', `The module is larger than ${limit} MiB.`, { cause });
}
