import { Canister } from './canister.ts';
import { copyCode } from './canister-snapshot.ts';
import { copySnapshot } from './uploaded-snapshot.ts';

/**
 * The canister as it is between two messages, to go on by itself. What is large is shared until one of the two changes it:
 * the heap as a whole, stable memory page by page; modules and snapshots never change, but for snapshots
 * that are being uploaded.
 */
export function copyCanister(canister: Canister): Canister {
  const { stable, chunks, snapshots, callContexts, callbacks, log, history, code, ...plain } = canister;
  const copy = Object.assign(new Canister(canister.id, canister.settings), structuredClone(plain));
  copy.callIdCounter = canister.callIdCounter;
  copy.snapshotCount = canister.snapshotCount;
  copy.code = code && copyCode(code);
  copy.stable.apply(new Map(stable.pages()), stable.wasmPages);
  copy.log.restore(log.records, log.nextIndex);
  copy.history.restore(history.image());
  for (const [hash, chunk] of chunks) copy.chunks.set(hash, chunk);
  for (const [id, snapshot] of snapshots) copy.snapshots.set(id, copySnapshot(snapshot));
  for (const [id, context] of callContexts) copy.callContexts.set(id, { ...context });
  for (const [id, callback] of callbacks) copy.callbacks.set(id, callback);
  return copy;
}
