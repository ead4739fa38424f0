import { gunzipSync, gzipSync } from 'node:zlib';
import { PAGE_BYTES, type StablePages } from '../../../src/replica/state/stable-pages.ts';

/** Stable memory in a file, compressed: its size in Wasm pages, then the index (u32, little-endian) and the bytes of each page. */
export function encodeStable(stable: StablePages): Uint8Array {
  const parts = [u32(stable.wasmPages)];
  for (const [index, page] of stable.pages()) parts.push(u32(index), page);
  return gzipSync(Buffer.concat(parts), { level: 9 });
}

/** Puts what a file holds in the place of what is there. */
export function restoreStable(stable: StablePages, image: Uint8Array): void {
  const bytes = gunzipSync(image);
  const pages = new Map<number, Uint8Array>();
  for (let at = 4; at < bytes.length; at += 4 + PAGE_BYTES) {
    pages.set(bytes.readUInt32LE(at), Uint8Array.from(bytes.subarray(at + 4, at + 4 + PAGE_BYTES)));
  }
  stable.clear();
  stable.apply(pages, bytes.readUInt32LE(0));
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
