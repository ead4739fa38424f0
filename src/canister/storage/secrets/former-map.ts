import { ByteReader, ByteWriter } from '../../codec/index.ts';
import type { Work } from '../../models/work.ts';
import type { ByteMap } from '../byte-map.ts';
import { sequenceKey } from '../keys.ts';
import { addSlot, slotKey } from './secret-slots.ts';

/** What is done with a former map, in this order. The positions are stored. */
const PHASES = ['moving', 'filling', 'covering', 'over'] as const;
type Phase = (typeof PHASES)[number];

interface Progress {
  readonly phase: Phase;
  /** How many fillers were written, or how many entries were covered. */
  readonly at: number;
  /** For how many of the last fillers the map had to grow. */
  readonly grown: number;
}

/** How many records move in a step, whose keys are read at once. */
const MOVED = 16;

const FILLER_BYTES = 256 * 1024;

/** A filler takes 11 % more instructions where the map grows for it; where it does not, writing it again takes the same, to 0.1 %. */
const GROWTH = 1.05;

/** As many fillers in a row end the filling for which the map grew: one alone may have taken longer for another reason. */
const ENOUGH_GROWN = 3;

/** 1 GiB, which no map of the versions before came near to: where filling ends in any case. */
const MOST_FILLERS = 4096;

/** More than what is left of a page behind the end of a node. */
const COVER_BYTES = 2048;

/**
 * A map in which versions before kept records with secrets: it has copies of those that were removed, in free pages and behind the ends of nodes. Its records move
 * elsewhere, so that nothing changes it any more and all of its pages are free. Then it is filled with zeros in large values, until it grows for them. What its
 * nodes leave of their last pages is covered by each value in turn that grows and shrinks again. How many pages a map has, nobody tells: that it
 * grows shows in the instructions of a write.
 */
export class FormerMap {
  readonly #map: ByteMap;
  readonly #settings: ByteMap;
  readonly #key: Uint8Array;
  #loaded: Progress | undefined;

  /** Its progress stands in `settings` under `key`. */
  constructor(map: ByteMap, { settings, key }: { readonly settings: ByteMap; readonly key: Uint8Array }) {
    this.#map = map;
    this.#settings = settings;
    this.#key = key;
  }

  /** Whether records may be left in it. */
  get isInUse(): boolean {
    return this.#progress.phase === 'moving';
  }

  /** Whether there is nothing more to do. */
  get isOver(): boolean {
    return this.#progress.phase === 'over';
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.isInUse ? this.#map.get(key) : undefined;
  }

  has(key: Uint8Array): boolean {
    return this.isInUse && this.#map.has(key);
  }

  size(): number {
    return this.isInUse ? this.#map.size() : 0;
  }

  /** Removes a record that is there. */
  delete(key: Uint8Array): void {
    const record = this.get(key);
    if (record === undefined) return;
    this.#map.wipe(key, record.length);
    this.#map.delete(key);
  }

  /** Notes that there never was such a map, so that none is made. */
  skip(): void {
    this.#save({ phase: 'over', at: 0, grown: 0 });
  }

  /** Goes on until the work is spent; `move` stores a record elsewhere, and deletes it here. Returns whether there is more to do. */
  run(work: Work, move: (key: Uint8Array, record: Uint8Array) => void): boolean {
    while (!this.isOver) {
      this.#save(this.#step(work, move));
      if (work.isSpent()) break;
    }
    return !this.isOver;
  }

  #step(work: Work, move: (key: Uint8Array, record: Uint8Array) => void): Progress {
    switch (this.#progress.phase) {
      case 'moving':
        return this.#moveSome(move);
      case 'filling':
        return this.#fill(work);
      case 'covering':
      case 'over':
        return this.#cover();
    }
  }

  #moveSome(move: (key: Uint8Array, record: Uint8Array) => void): Progress {
    const keys = this.#map.firstKeys(MOVED);
    for (const key of keys) {
      const record = this.#map.get(key);
      if (record !== undefined) move(key, record);
    }
    return { phase: keys.length === 0 ? 'filling' : 'moving', at: 0, grown: 0 };
  }

  /** Fills the map's free pages with one more value: it takes those that it leaves, first of all. */
  #fill(work: Work): Progress {
    const { at, grown } = this.#progress;
    if (at === 0) addSlot(this.#map, 0);
    addSlot(this.#map, at + 1);
    const zeros = new Uint8Array(FILLER_BYTES);
    const write = () => {
      const before = work.instructions;
      this.#map.set(slotKey(at), zeros);
      return work.instructions - before;
    };
    const first = write();
    this.#map.wipe(slotKey(at), 0);
    const again = write();
    const nowGrown = first > again * GROWTH ? grown + 1 : 0;
    const isFull = nowGrown === ENOUGH_GROWN || at + 1 === MOST_FILLERS;
    return isFull
      ? { phase: 'covering', at: 0, grown: 0 }
      : { phase: 'filling', at: at + 1, grown: nowGrown };
  }

  #cover(): Progress {
    const { at } = this.#progress;
    if (at === this.#map.size()) return { phase: 'over', at: 0, grown: 0 };
    const key = sequenceKey(at);
    const length = this.#map.get(key)?.length ?? 0;
    this.#map.wipe(key, length + COVER_BYTES);
    this.#map.wipe(key, length);
    // The slots' entries have keys without a gap.
    return { phase: 'covering', at: at + 1, grown: 0 };
  }

  get #progress(): Progress {
    this.#loaded ??= decodeProgress(this.#settings.get(this.#key));
    return this.#loaded;
  }

  #save(progress: Progress): void {
    const { phase, at, grown } = progress;
    const bytes = new ByteWriter(8).u8(PHASES.indexOf(phase)).u32(at).u8(grown).finish();
    this.#settings.set(this.#key, bytes);
    this.#loaded = progress;
  }
}

function decodeProgress(stored: Uint8Array | undefined): Progress {
  if (stored === undefined) return { phase: 'moving', at: 0, grown: 0 };
  const reader = new ByteReader(stored);
  const phase = PHASES[reader.u8()];
  if (phase === undefined) throw new Error('a former map is in an unknown phase');
  return { phase, at: reader.u32(), grown: reader.u8() };
}
