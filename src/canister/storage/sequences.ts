import { DIGEST_BYTES } from '../models/log-record.ts';
import type { ChainKind } from '../models/users/user-head.ts';
import type { ByteMap } from './byte-map.ts';
import { SETTINGS_KEYS } from './settings-keys.ts';

export type SequenceKind = ChainKind | 'user';

const KEY = Uint8Array.of(SETTINGS_KEYS.sequences);
const VERSION = 2;
const UNCHAINED = 1;
const AT: Readonly<Record<SequenceKind, number>> = { user: 4, session: 8, interaction: 12, activity: 16 };
const FIRST_CHAINED_AT = 20;
const DIGEST_AT = 24;
const SIZE = DIGEST_AT + DIGEST_BYTES;

/**
 * The last number given to a user and to a record of each log, and how far the audit log's chain goes; numbers begin at 1. Four bytes are
 * enough: records of the smallest size would fill a canister's 500 GiB of stable memory before they run out. They are kept in memory and
 * written once a change.
 */
export class Sequences {
  readonly #map: ByteMap;
  #loaded: DataView | undefined;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  next(kind: SequenceKind): number {
    const view = this.#view;
    const sequence = view.getUint32(AT[kind], true) + 1;
    view.setUint32(AT[kind], sequence, true);
    return sequence;
  }

  /** The last number given. */
  last(kind: SequenceKind): number {
    return this.#view.getUint32(AT[kind], true);
  }

  /** The first activity that the chain covers: those of an earlier layout have no seal. */
  get firstChained(): number {
    return this.#view.getUint32(FIRST_CHAINED_AT, true);
  }

  /** The digest of the audit log up to the last activity. */
  get chainDigest(): Uint8Array {
    return new Uint8Array(this.#view.buffer.slice(DIGEST_AT, SIZE));
  }
  set chainDigest(digest: Uint8Array) {
    new Uint8Array(this.#view.buffer).set(digest, DIGEST_AT);
  }

  save(): void {
    this.#map.set(KEY, new Uint8Array(this.#view.buffer));
  }

  get #view(): DataView {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  #load(): DataView {
    const stored = this.#map.get(KEY);
    const bytes = new Uint8Array(SIZE);
    const view = new DataView(bytes.buffer);
    if (stored !== undefined) bytes.set(stored);
    if (stored === undefined || bytes[0] === UNCHAINED) {
      view.setUint32(FIRST_CHAINED_AT, view.getUint32(AT.activity, true) + 1, true);
      bytes[0] = VERSION;
    }
    if (bytes[0] !== VERSION) throw new Error(`sequence numbers of an unknown version ${bytes[0]}`);
    return view;
  }
}
