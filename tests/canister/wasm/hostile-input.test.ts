import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import { GITHUB } from '../support/records.ts';
import { encodeArgs, setupCanister } from '../support/wasm-canister.ts';

const { Bool, Nat8, Text, Vec } = IDL;

/** A query may take 5 G instructions; what is refused takes well below that. */
const BOUND = 2_500_000_000;

const MIB = 1024 * 1024;
/** Just below the longest message that is read. */
const LONG = MIB - 1000;

/** A Candid message: a type table, argument types, and values, in hex or as bytes. */
function message(...parts: (string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from('DIDL'),
      ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)),
    ]),
  );
}

function leb128(value: number): Uint8Array {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Uint8Array.of(...bytes, rest);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** So many entries of a type table. */
function table(count: number, entry: (index: number) => Uint8Array | string): Uint8Array {
  const entries = Array.from({ length: count }, (_, i) => entry(i));
  return message(leb128(count), ...entries).subarray(4);
}

const TEXT_A = '0161';
const ONE_TEXT = `0171${TEXT_A}`;

/** Messages for a method that takes one text; each is refused, or its strange part moved over. */
const HOSTILE: [string, Uint8Array][] = [
  ['2 MiB of zeros', new Uint8Array(2 * MIB - 500)],
  ['a text of 2 MiB', IDL.encode([Text], ['x'.repeat(2 * MIB - 500)])],
  ['a text of 1 MiB', IDL.encode([Text], ['x'.repeat(LONG)])],
  ['a text of 1 MiB in two-byte characters', IDL.encode([Text], ['é'.repeat(LONG / 2)])],
  ['a text of 1 MiB in four-byte characters', IDL.encode([Text], ['😀'.repeat(LONG / 4)])],
  ['a text of 1 MiB that is not UTF-8', message('000171', leb128(LONG), new Uint8Array(LONG).fill(0xc3))],
  ['a nat of 1 MiB', message(`0002717d${TEXT_A}`, new Uint8Array(LONG).fill(0x80), '00')],
  ['a blob of 1 MiB', IDL.encode([Text, Vec(Nat8)], ['x', new Uint8Array(LONG)])],
  ['a vec of many bools', IDL.encode([Text, Vec(Bool)], ['x', new Array<boolean>(500_000).fill(true)])],
  ['a vec of 10^9 nulls', message(`016d7f027100${TEXT_A}`, leb128(10 ** 9))],
  ['a vec of 10^9 empty records', message(`026c006d00027101${TEXT_A}`, leb128(10 ** 9))],
  ['a vec of 10^9 empty vecs of nulls', message(`026d7f6d00027101${TEXT_A}`, leb128(10 ** 9))],
  ['a record that holds itself', message(`016c010000027100${TEXT_A}`)],
  ['an opt that holds itself', message(`016e00027100${TEXT_A}`, new Uint8Array(LONG).fill(1))],
  ['2^32 types', message('ffffffff0f')],
  [
    '500 opts',
    message(
      table(500, () => '6e7f'),
      ONE_TEXT,
    ),
  ],
  [
    'vecs in vecs',
    message(
      table(500, (i) => message('6d', leb128((i + 1) % 500)).subarray(4)),
      `027100${TEXT_A}`,
      leb128(1),
    ),
  ],
  [
    '500 functions of 400 types',
    message(
      table(500, () => `6ac801${'71'.repeat(200)}c801${'71'.repeat(200)}00`),
      ONE_TEXT,
    ),
  ],
  [
    '500 services of 400 methods',
    message(
      table(500, () => `69${Buffer.from(leb128(400)).toString('hex')}${'016171'.repeat(400)}`),
      ONE_TEXT,
    ),
  ],
  [
    'a record of 4,000 fields',
    message(
      table(1, () => message('6c', leb128(4000), ...fields(4000)).subarray(4)),
      `027100${TEXT_A}`,
      new Uint8Array(4000),
    ),
  ],
  ['a future type of 1 MiB', message('0167', leb128(LONG), new Uint8Array(LONG), ONE_TEXT)],
];

function fields(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => Uint8Array.of(...leb128(i), 0x71));
}

describe('hostile input', () => {
  for (const [what, arg] of HOSTILE) {
    it(`of ${what} is answered within bounds, and writes nothing`, async () => {
      // inspect_message would turn the longest away, but is not asked by everybody.
      const canister = await setupCanister({ uninspected: true });
      const before = canister.stableDigest();
      for (const outcome of [
        await canister.rawQuery('get_agent_status', arg),
        await canister.rawCall('get_agent_status', arg),
        await canister.rawCall('end_agent_session', arg),
      ]) {
        if (outcome.kind === 'rejected') expect(outcome.reject.code).toBe(4);
      }
      for (const { instructions, trapped, entryPoint } of canister.executions) {
        expect(trapped).toBe(false);
        if (entryPoint !== 'I') expect(Number(instructions)).toBeLessThan(BOUND);
      }
      expect(canister.stableDigest()).toBe(before);
      expect((await canister.query('get_agent_status', ['user-1'])).total_sessions).toBe(0);
    });
  }

  const json: [string, string][] = [
    ['65,000 openings of objects', '{'.repeat(65_000)],
    ['65,000 openings of arrays', '['.repeat(65_000)],
    ['21,000 brackets side by side', `[${'[],'.repeat(21_000)}1]`],
    ['32,000 numbers', `[${'1,'.repeat(32_000)}1]`],
    ['32,000 escapes', `"${'\\"'.repeat(32_000)}"`],
    ['6,000 keys', `{${Array.from({ length: 6000 }, (_, i) => `"k${i}":1`).join()}}`],
  ];
  for (const [what, text] of json) {
    it(`of JSON with ${what} is answered within bounds`, async () => {
      const canister = await setupCanister();
      const args = encodeArgs('store_agent_interaction', ['user-1', GITHUB, 'm', 'r', true, [text]]);
      expect(await canister.rawCall('store_agent_interaction', args)).toMatchObject({ kind: 'replied' });
      expect(canister.instructionsOf('store_agent_interaction')).toBeLessThan(BOUND);
    });
  }
});
