import { gunzipSync } from 'node:zlib';
import { toHex } from '../codec/bytes.ts';
import { sha256 } from '../codec/sha256.ts';
import { BadRequest } from './bad-request.ts';

/** How much a compressed blob may unfold to, in bytes. */
const MAX_CONTENT_BYTES = 4 * 1024 ** 3 - 1;

interface Blob {
  readonly bytes: Uint8Array;
  readonly compressed: boolean;
}

/** Blobs that clients upload to use them in later requests, by their SHA-256. */
export class BlobStore {
  readonly #blobs = new Map<string, Blob>();

  /** Keeps a blob, compressed by gzip or not; returns its id in hex. */
  add(bytes: Uint8Array, compressed: boolean): string {
    const id = toHex(sha256(bytes));
    this.#blobs.set(id, { bytes, compressed });
    return id;
  }

  /** A blob as it was uploaded, by its id in hex; undefined where there is none. */
  get(id: string): Blob | undefined {
    return this.#blobs.get(id);
  }

  /** What a blob stands for, unfolded if need be. Refuses an unknown id and what gzip does not read. */
  content(id: Uint8Array): Uint8Array {
    const blob = this.#blobs.get(toHex(id));
    if (blob === undefined) throw new BadRequest(`BlobNotFound: there is no blob ${toHex(id)}`);
    if (!blob.compressed) return blob.bytes;
    try {
      return new Uint8Array(gunzipSync(blob.bytes, { maxOutputLength: MAX_CONTENT_BYTES }));
    } catch (error) {
      throw new BadRequest(`The blob ${toHex(id)} cannot be unfolded: ${String(error)}`);
    }
  }
}
