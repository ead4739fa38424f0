import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { method } from './candid-interface.ts';
import type { MethodName } from './wasm-canister.ts';

const { Bool, Nat8, Text, Vec } = IDL;

const MIB = 1024 * 1024;
/** Just below the longest message that is read. */
const LONG = MIB - 1000;

/** What is wrong with a message, and its bytes. */
export type HostileMessage = readonly [what: string, arg: Uint8Array];

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

/** Messages that bomb whoever reads them carelessly. Each declares types that are no method's, or, where a method takes one text, a text or more beside it. */
export const HOSTILE_MESSAGES: readonly HostileMessage[] = [
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
  // As long as short messages may be.
  ...[4000, 8000].flatMap((size): HostileMessage[] => [
    [`a text of ${size} bytes`, IDL.encode([Text], ['x'.repeat(size)])],
    [`a text of ${size} bytes in two-byte characters`, IDL.encode([Text], ['é'.repeat(size / 2)])],
    [`a nat of ${size} bytes`, message(`0002717d${TEXT_A}`, new Uint8Array(size).fill(0x80), '00')],
    [`a vec of ${size} bools`, IDL.encode([Text, Vec(Bool)], ['x', new Array<boolean>(size).fill(true)])],
    [`a future type of ${size} bytes`, message('0167', leb128(size), new Uint8Array(size), ONE_TEXT)],
  ]),
  [
    'a record of 400 fields',
    message(
      table(1, () => message('6c', leb128(400), ...fields(400)).subarray(4)),
      `027100${TEXT_A}`,
      new Uint8Array(400),
    ),
  ],
  [
    '200 opts',
    message(
      table(200, () => '6e7f'),
      ONE_TEXT,
    ),
  ],
  ['a future type of 1 MiB', message('0167', leb128(LONG), new Uint8Array(LONG), ONE_TEXT)],
];

function fields(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => Uint8Array.of(...leb128(i), 0x71));
}

/** How many bytes of text a message gets, whatever number of texts it has. */
const TEXT_BYTES = 700_000;
const MARK = 'MARK-OF-A-TEXT';

/** Where records are asked for by an id: ids that no record of the kind has. */
const OTHER_IDS = [
  'int-0000000000000001',
  'act-0000000000000001',
  'ses-0001000000000001',
  'ses-00000000ffffffff',
];
const ASKS_BY_ID = /^(get|list|export|end|update_agent_session)/;

/** Messages that have the types of a method, and values that it has to refuse, or to find nothing for. */
export function hostileArguments(name: MethodName): readonly HostileMessage[] {
  const { argTypes } = method(name);
  const values = (text: string) => argTypes.map((type) => fill(type, text));
  const encode = (text: string) => new Uint8Array(IDL.encode(argTypes, values(text)));
  const plain = Buffer.from(encode(MARK));
  const texts = plain.toString('latin1').split(MARK).length - 1;
  const messages: HostileMessage[] = [
    ['no bytes', new Uint8Array()],
    ['a message that ends early', plain.subarray(0, plain.length - 1)],
    ['a message that goes on', Buffer.concat([plain, Buffer.of(0)])],
  ];
  if (argTypes.length === 0) return messages;
  messages.push(
    ['no arguments', IDL.encode([], [])],
    [
      'a blob for each argument',
      IDL.encode(
        argTypes.map(() => Vec(Nat8)),
        argTypes.map(() => [1]),
      ),
    ],
    [
      'an argument of 700 kB that nobody asked for',
      IDL.encode([...argTypes, Text], [...values(''), 'x'.repeat(TEXT_BYTES)]),
    ],
  );
  if (texts === 0) return messages;
  const invalid = Buffer.from(plain);
  for (let at = invalid.indexOf(MARK); at >= 0; at = invalid.indexOf(MARK)) invalid.set([0xc3, 0x28], at);
  return [
    ...messages,
    ['texts that are not UTF-8', invalid],
    ['texts of 700 kB', encode('x'.repeat(Math.floor(TEXT_BYTES / texts)))],
    ['texts of 700 kB in four-byte characters', encode('😀'.repeat(Math.floor(TEXT_BYTES / texts / 4)))],
    ['empty texts', encode('')],
    ...(ASKS_BY_ID.test(name) ? OTHER_IDS.map((id) => [`the id ${id}`, encode(id)] as const) : []),
  ];
}

function fill(type: IDL.Type, text: string): unknown {
  return type.accept(new Filler(), text);
}

/** Makes a value of any type: each text is the one that is told, each number the largest, each opt there, each vec of one. */
class Filler extends IDL.Visitor<string, unknown> {
  override visitText(_type: IDL.TextClass, text: string) {
    return text;
  }
  override visitBool() {
    return true;
  }
  override visitNull() {
    return null;
  }
  override visitFixedNat(type: IDL.FixedNatClass) {
    const most = 2n ** BigInt(type._bits) - 1n;
    return type._bits > 32 ? most : Number(most);
  }
  override visitFixedInt(type: IDL.FixedIntClass) {
    return 2 ** (type._bits - 1) - 1;
  }
  override visitPrincipal() {
    return Principal.anonymous();
  }
  override visitOpt<T>(_type: IDL.OptClass<T>, of: IDL.Type<T>, text: string) {
    return [fill(of, text)];
  }
  override visitVec<T>(_type: IDL.VecClass<T>, of: IDL.Type<T>, text: string) {
    return [fill(of, text)];
  }
  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], text: string) {
    return Object.fromEntries(fields.map(([name, type]) => [name, fill(type, text)]));
  }
  override visitTuple<T extends unknown[]>(_type: IDL.TupleClass<T>, components: IDL.Type[], text: string) {
    return components.map((type) => fill(type, text));
  }
  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], text: string) {
    const [first] = fields;
    if (first === undefined) throw new TypeError('a variant without options has no value');
    return { [first[0]]: fill(first[1], text) };
  }
}
