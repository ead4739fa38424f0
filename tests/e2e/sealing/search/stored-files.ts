import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Bytes by where they are. */
export interface Stored {
  readonly place: string;
  readonly bytes: Uint8Array;
}

/** The files of a folder and those below it, and what is in those that are compressed. */
export function* storedFiles(folder: string): Generator<Stored> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const place = relative(folder, path);
    const bytes = readFileSync(path);
    yield { place, bytes };
    if (isGzip(bytes)) yield { place: `${place}, decompressed`, bytes: gunzipSync(bytes) };
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
