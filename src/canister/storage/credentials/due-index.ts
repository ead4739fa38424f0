import { sameBytes } from '../../codec/index.ts';
import { type Due, type DueKind, dueKinds } from '../../models/credentials/due.ts';
import type { ByteMap } from '../byte-map.ts';
import { CREDENTIAL_KEY_LENGTH } from '../keys.ts';
import { NUMBERS, NumberSet } from '../number-set.ts';

const NS_PER_HOUR = 3_600_000_000_000n;

/** The first byte of a key: what follows is the key of a credential, or a kind and an hour, or a kind and a node of its set of hours. */
const LINKS = 0;
const FIRST = 1;
const HOURS = 2;

/** Where a credential stands in the list of its hour: its kind u8, the hour u24, the keys of those before and after it; zeros for none. */
const LINKS_LENGTH = 4 + 2 * CREDENTIAL_KEY_LENGTH;
const AT = { previous: 4, next: 4 + CREDENTIAL_KEY_LENGTH } as const;
const NOBODY = new Uint8Array(CREDENTIAL_KEY_LENGTH);

/** A place in the index: the list of an hour, since 1970. */
export interface DueHour {
  readonly kind: DueKind;
  readonly hour: number;
}

/**
 * The connections that are due, in a list for each kind and hour. A list is linked both ways, so that a connection is moved, and a page begins, at the same
 * cost wherever it stands.
 */
export class DueIndex {
  readonly #map: ByteMap;
  readonly #hours: Readonly<Record<DueKind, NumberSet>>;

  constructor(map: ByteMap) {
    this.#map = map;
    const hoursOf = (kind: DueKind) => new NumberSet(map, [HOURS, dueKinds.codeOf(kind)]);
    this.#hours = { expires: hoursOf('expires'), failed: hoursOf('failed') };
  }

  /** Puts a credential into the list in which it belongs, and takes it out of the one before. */
  move(key: Uint8Array, before: Due | undefined, after: Due | undefined): void {
    const from = before && dueHour(before);
    const to = after && dueHour(after);
    if (from?.kind === to?.kind && from?.hour === to?.hour) return;
    if (from !== undefined) this.#remove(key);
    if (to !== undefined) this.#add(key, to);
  }

  /** Puts in a credential that may be there already. */
  note(key: Uint8Array, due: Due | undefined): void {
    if (due !== undefined && !this.#map.has(linksKey(key))) this.#add(key, dueHour(due));
  }

  /** Where a list stands in which there is something: the first from an hour on. */
  nextHour({ kind, hour }: DueHour): number | undefined {
    return this.#hours[kind].next(hour);
  }

  /** The credential with which the list of an hour begins. */
  first(place: DueHour): Uint8Array | undefined {
    return this.#map.get(firstKey(place));
  }

  /** Whether a credential stands in the list of an hour. */
  isIn(place: DueHour, key: Uint8Array): boolean {
    const links = this.#map.get(linksKey(key));
    return links !== undefined && isOf(links, place);
  }

  /** The one after it in its list. */
  after(key: Uint8Array): Uint8Array | undefined {
    const links = this.#map.get(linksKey(key));
    return links === undefined ? undefined : somebody(links, AT.next);
  }

  #add(key: Uint8Array, place: DueHour): void {
    const first = this.first(place);
    if (first === undefined) this.#hours[place.kind].add(place.hour);
    else this.#link(first, AT.previous, key);
    this.#map.set(firstKey(place), key);
    const links = new Uint8Array(LINKS_LENGTH);
    new DataView(links.buffer).setUint32(0, place.hour);
    links[0] = dueKinds.codeOf(place.kind);
    if (first !== undefined) links.set(first, AT.next);
    this.#map.set(linksKey(key), links);
  }

  /** Of one of an earlier version nothing may be there yet. */
  #remove(key: Uint8Array): void {
    const links = this.#map.get(linksKey(key));
    if (links === undefined) return;
    const previous = somebody(links, AT.previous);
    const next = somebody(links, AT.next);
    if (next !== undefined) this.#link(next, AT.previous, previous ?? NOBODY);
    if (previous !== undefined) this.#link(previous, AT.next, next ?? NOBODY);
    else this.#setFirst(placeOf(links), next);
    this.#map.delete(linksKey(key));
  }

  #setFirst(place: DueHour, key: Uint8Array | undefined): void {
    if (key !== undefined) {
      this.#map.set(firstKey(place), key);
      return;
    }
    this.#map.delete(firstKey(place));
    this.#hours[place.kind].remove(place.hour);
  }

  #link(key: Uint8Array, at: number, other: Uint8Array): void {
    const links = this.#map.get(linksKey(key));
    if (links === undefined) throw new Error('the list of an hour is broken');
    links.set(other, at);
    this.#map.set(linksKey(key), links);
  }
}

/** The hour of a time (ns). Those that are centuries away share the last one. */
export function hourOf(time: bigint): number {
  const hour = time / NS_PER_HOUR;
  return hour < BigInt(NUMBERS) ? Number(hour) : NUMBERS - 1;
}

function dueHour({ kind, time }: Due): DueHour {
  return { kind, hour: hourOf(time) };
}

function placeOf(links: Uint8Array): DueHour {
  const view = new DataView(links.buffer, links.byteOffset);
  return { kind: dueKinds.nameOf(view.getUint8(0)), hour: view.getUint32(0) % NUMBERS };
}

function isOf(links: Uint8Array, { kind, hour }: DueHour): boolean {
  const place = placeOf(links);
  return place.kind === kind && place.hour === hour;
}

function somebody(links: Uint8Array, at: number): Uint8Array | undefined {
  const key = links.slice(at, at + CREDENTIAL_KEY_LENGTH);
  return sameBytes(key, NOBODY) ? undefined : key;
}

function linksKey(key: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + key.length);
  bytes[0] = LINKS;
  bytes.set(key, 1);
  return bytes;
}

function firstKey({ kind, hour }: DueHour): Uint8Array {
  const key = new Uint8Array(5);
  new DataView(key.buffer).setUint32(1, hour);
  key[0] = FIRST;
  key[1] = dueKinds.codeOf(kind);
  return key;
}
