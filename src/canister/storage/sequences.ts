import type { ChainKind } from '../models/user-head.ts';
import type { ByteMap } from './byte-map.ts';

export type SequenceKind = ChainKind | 'user';

const KEY = Uint8Array.of(0);
const VERSION = 1;
const AT: Readonly<Record<SequenceKind, number>> = { user: 4, session: 8, interaction: 12, activity: 16 };
const SIZE = 20;

/**
 * The last number given to a user and to a record of each log; numbers begin at 1. Four bytes are enough: records of the smallest size
 * would fill a canister's 500 GiB of stable memory before they run out. They are kept in memory and written once a change.
 */
export class Sequences {
  readonly #map: ByteMap;
  #bytes: Uint8Array | undefined;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  next(kind: SequenceKind): number {
    const view = this.#view();
    const sequence = view.getUint32(AT[kind], true) + 1;
    view.setUint32(AT[kind], sequence, true);
    return sequence;
  }

  last(kind: SequenceKind): number {
    return this.#view().getUint32(AT[kind], true);
  }

  save(): void {
    this.#map.set(KEY, new Uint8Array(this.#view().buffer));
  }

  #view(): DataView {
    this.#bytes ??= this.#load();
    return new DataView(this.#bytes.buffer);
  }

  #load(): Uint8Array {
    const stored = this.#map.get(KEY);
    const bytes = new Uint8Array(SIZE);
    if (stored === undefined) bytes[0] = VERSION;
    else bytes.set(stored);
    if (bytes[0] !== VERSION) throw new Error(`sequence numbers of an unknown version ${bytes[0]}`);
    return bytes;
  }
}
