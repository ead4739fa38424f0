import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { InstalledCode } from '../../../../src/replica/state/installed-code.ts';
import type { StablePages } from '../../../../src/replica/state/stable-pages.ts';
import { BlobStore } from '../../../../src/replica/state-folder/checkpoint/blob-store.ts';
import {
  type CanisterImage,
  readCanister,
} from '../../../../src/replica/state-folder/checkpoint/canister-image.ts';
import { readManifest } from '../../../../src/replica/state-folder/checkpoint/manifest.ts';
import { isEmptySegment } from '../../../../src/replica/state-folder/journal/segment.ts';
import type { Stored } from './stored-files.ts';

/** Resolves once the checkpoint of a network that runs has all that was sent to it. */
export async function checkpointed(state: string): Promise<void> {
  const journal = join(state, 'journal');
  await vi.waitFor(
    () => {
      const written = readdirSync(journal).filter((name) => !isEmptySegment(join(journal, name)));
      if (written.length > 0) throw new Error('the journal has records that the checkpoint lacks');
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** Heap and stable memory of the canisters in a checkpoint, and of their snapshots. Nothing may be sent to the network meanwhile. */
export function* checkpointMemory(state: string): Generator<Stored> {
  const manifest = readManifest<{ readonly canisters: readonly CanisterImage[] }>(join(state, 'manifest'));
  if (manifest === undefined) throw new Error('there is no checkpoint');
  const blobs = new BlobStore(join(state, 'blobs'));
  for (const image of manifest.canisters) {
    const { code, stable, snapshots } = readCanister(image, blobs);
    yield* memoryOf(code, stable, '');
    for (const [id, snapshot] of snapshots) {
      yield* memoryOf(snapshot.code, snapshot.stable, ` of snapshot ${id}`);
    }
  }
}

function* memoryOf(code: InstalledCode | undefined, stable: StablePages, of: string): Generator<Stored> {
  if (code !== undefined) yield { place: `heap${of}`, bytes: code.heap };
  const pages = [...stable.pages()].sort(([left], [right]) => left - right);
  yield { place: `stable memory${of}`, bytes: Buffer.concat(pages.map(([, page]) => page)) };
}
