import { describe, expect, it } from 'vitest';
import { unlimitedWork } from '../../../../src/canister/models/work.ts';
import type { ByteMap } from '../../../../src/canister/storage/byte-map.ts';
import { sequenceKey } from '../../../../src/canister/storage/keys.ts';
import { FormerMap } from '../../../../src/canister/storage/secrets/former-map.ts';
import { SecretMap } from '../../../../src/canister/storage/secrets/secret-map.ts';
import { SecretSlots } from '../../../../src/canister/storage/secrets/secret-slots.ts';
import { Random } from '../../../replica/support/random.ts';
import { memoryMap } from '../../support/memory-maps.ts';
import { workOf } from '../../support/service-world.ts';

const SECRET = 7;
const PLAIN = 1;

/** A record of so many bytes. */
function record(kind: typeof SECRET | typeof PLAIN, length: number): Uint8Array {
  return new Uint8Array(length).fill(kind);
}

/** A map that tells of each value before it is written. */
function watched(told: (value: Uint8Array) => void): ByteMap {
  const map = memoryMap();
  return {
    ...map,
    set(key, value) {
      told(value);
      map.set(key, value);
    },
    wipe(key, length) {
      told(new Uint8Array(length));
      map.wipe(key, length);
    },
  };
}

function setupMap({ secrets = memoryMap(), former = memoryMap() } = {}) {
  const maps = { map: memoryMap(), secrets, former, settings: memoryMap() };
  const open = () =>
    new SecretMap({
      map: maps.map,
      slots: new SecretSlots(maps.secrets),
      holdsSecret: (bytes) => bytes[0] === SECRET,
      former: new FormerMap(maps.former, { settings: maps.settings, key: Uint8Array.of(10, 0) }),
    });
  return { ...maps, open };
}

function holds(map: ByteMap, byte: number): boolean {
  return map.values().some((value) => value[0] === byte);
}

describe('a map of records with secrets', () => {
  it('gives what it was given last, whether there is a secret or not, also after an upgrade', () => {
    const { map, secrets, open } = setupMap();
    const random = new Random(1);
    const expected = new Map<number, Uint8Array>();
    let records = open();
    for (let i = 0; i < 3000; i++) {
      const key = random.below(100);
      const value = record(random.oneIn(2) ? SECRET : PLAIN, 1 + random.below(50));
      if (random.oneIn(3)) {
        records.delete(sequenceKey(key));
        expected.delete(key);
      } else {
        records.set(sequenceKey(key), value);
        expected.set(key, value);
      }
      if (random.oneIn(100)) records = open();
    }
    for (let key = 0; key < 100; key++) {
      expect(records.get(sequenceKey(key))).toEqual(expected.get(key));
      expect(records.has(sequenceKey(key))).toBe(expected.has(key));
    }
    expect(records.size()).toBe(expected.size);
    expect(holds(map, SECRET)).toBe(false);
    const kept = [...expected.values()].filter((value) => value[0] === SECRET);
    expect(secrets.values().filter((value) => value[0] === SECRET)).toHaveLength(kept.length);
  });

  it('uses a slot again that is free, and never removes one', () => {
    const { secrets, open } = setupMap();
    const records = open();
    for (let i = 0; i < 10; i++) records.set(sequenceKey(i), record(SECRET, 10));
    const size = secrets.size();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 10; i++) records.delete(sequenceKey(i));
      for (let i = 0; i < 10; i++) records.set(sequenceKey(i), record(SECRET, 20));
      expect(secrets.size()).toBe(size);
    }
  });

  it('overwrites a secret before it takes another length', () => {
    const written: Uint8Array[] = [];
    const { open } = setupMap({ secrets: watched((value) => void written.push(value)) });
    const records = open();
    records.set(sequenceKey(1), record(SECRET, 10));
    for (const value of [record(SECRET, 12), record(SECRET, 3), record(PLAIN, 3)]) {
      written.length = 0;
      const { length } = records.get(sequenceKey(1)) ?? new Uint8Array();
      records.set(sequenceKey(1), value);
      expect(written[0]).toEqual(new Uint8Array(length));
    }
  });
});

describe('a map that a version before kept', () => {
  it('is read and changed as part of the new one until its records have moved', () => {
    const { former, open } = setupMap();
    for (let i = 0; i < 100; i++) former.set(sequenceKey(i), record(i % 2 === 0 ? SECRET : PLAIN, 30));
    const records = open();
    expect(records.size()).toBe(100);
    expect(records.get(sequenceKey(4))).toEqual(record(SECRET, 30));
    records.set(sequenceKey(4), record(PLAIN, 5));
    records.delete(sequenceKey(6));
    expect(former.has(sequenceKey(4))).toBe(false);
    expect(records.takeOver(workOf(2))).toBe(true);
    expect(former.size()).toBeGreaterThan(0);
    expect(records.size()).toBe(99);
    expect(records.get(sequenceKey(4))).toEqual(record(PLAIN, 5));
    expect(records.get(sequenceKey(6))).toBeUndefined();
    expect(records.get(sequenceKey(98))).toEqual(record(SECRET, 30));
  });

  it('is filled with zeros until it grows, and goes on where a message ended', () => {
    const free = 20;
    let [instructions, written] = [0, 0];
    // The first time that a filler is written beyond the free pages takes longer.
    const former = watched(({ length }) => {
      const isFiller = length > 1000 * 100;
      const grows = isFiller && written++ >= 2 * free && written % 2 === 1;
      instructions += isFiller ? (grows ? 1115 : 1000) : 1;
    });
    const { open } = setupMap({ former });
    for (let i = 0; i < 40; i++) former.set(sequenceKey(i), record(SECRET, 30));
    let messages = 0;
    for (let more = true; more; messages++) {
      const limit = instructions + 2500;
      const work = Object.assign(unlimitedWork(), { isSpent: () => instructions >= limit });
      Object.defineProperty(work, 'instructions', { get: () => instructions });
      more = open().takeOver(work);
    }
    expect(messages).toBeGreaterThan(10);
    // Each filler is written twice, and twice more when it covers the end of its node.
    expect(written).toBe(4 * (free + 3));
    expect(holds(former, SECRET)).toBe(false);
    const records = open();
    expect(records.isTakenOver).toBe(true);
    expect(records.size()).toBe(40);
    expect(records.get(sequenceKey(39))).toEqual(record(SECRET, 30));
    // What fills it is no record.
    expect(records.has(sequenceKey(200))).toBe(false);
  });

  it('is not looked at where there never was one', () => {
    const former: ByteMap = {
      ...memoryMap(),
      get() {
        throw new Error('the former map was asked');
      },
    };
    const { open } = setupMap({ former });
    open().skipTakeOver();
    const records = open();
    expect(records.isTakenOver).toBe(true);
    records.set(sequenceKey(1), record(SECRET, 5));
    expect(records.get(sequenceKey(2))).toBeUndefined();
  });
});
