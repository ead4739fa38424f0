import { existsSync, readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { concatBytes, equalBytes, utf8 } from '../../codec/bytes.ts';
import { sha256 } from '../../codec/sha256.ts';
import { writeDurably } from './durable-file.ts';
import { StateDirectoryError } from './state-directory-error.ts';

/** A file starts with the name of its format, its version, and the SHA-256 of what follows. */
const MAGIC = utf8('agent-service network state\n');
/** Since the second, a journal has what happened after it, which a program that knows the first alone would lose. */
const FORMAT_VERSION = 2;
const HEADER_BYTES = MAGIC.length + 4;
const DIGEST_BYTES = 32;

/** Writes plain data (bytes, bigints, maps and all) as one file, which takes its place at once. */
export function writeManifest(path: string, data: unknown): void {
  const body = new Uint8Array(serialize(data));
  const version = new Uint8Array(4);
  new DataView(version.buffer).setUint32(0, FORMAT_VERSION);
  writeDurably(path, concatBytes(MAGIC, version, sha256(body), body));
}

/**
 * Reads what `writeManifest` wrote; undefined where there is no file. Fails for one that was cut or altered, and for
 * one of a version that this program does not know. The version stands for the type.
 */
export function readManifest<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined;
  const file = new Uint8Array(readFileSync(path));
  if (!equalBytes(file.subarray(0, MAGIC.length), MAGIC)) throw damaged(path);
  if (file.length < HEADER_BYTES + DIGEST_BYTES) throw damaged(path);
  const version = new DataView(file.buffer, file.byteOffset + MAGIC.length).getUint32(0);
  if (version < 1 || version > FORMAT_VERSION) {
    throw new StateDirectoryError(
      'unsupported',
      `The state in ${path} has format ${version}, this program reads formats 1 to ${FORMAT_VERSION}. Use the version that wrote it, or remove the folder to start anew.`,
    );
  }
  const digest = file.subarray(HEADER_BYTES, HEADER_BYTES + DIGEST_BYTES);
  const body = file.subarray(HEADER_BYTES + DIGEST_BYTES);
  if (!equalBytes(sha256(body), digest)) throw damaged(path);
  // The digest says that these are the bytes that this format's `writeManifest` wrote.
  return deserialize(body) as T;
}

function damaged(path: string): StateDirectoryError {
  return new StateDirectoryError(
    'damaged',
    `The saved state is damaged: ${path} is not complete. Restore the folder from a copy, or remove it to start anew.`,
  );
}
