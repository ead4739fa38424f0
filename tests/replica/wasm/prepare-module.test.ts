import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ModuleError, type ModuleErrorCode } from '../../../src/replica/wasm/module-error.ts';
import { prepareModule } from '../../../src/replica/wasm/prepare-module.ts';
import type { PrepareOptions } from '../../../src/replica/wasm/prepared-module.ts';
import { assemble, instantiate } from './wat.ts';

const canister = `(module
  (import "ic0" "msg_reply" (func $reply)) (import "ic0" "time" (func (result i64)))
  (memory 2 9)
  (func $f (export "canister_query get thing") call $reply)
  (func (export "canister_update put"))
  (func (export "canister_composite_query all"))
  (func (export "canister_init")) (func (export "canister_pre_upgrade")) (func (export "canister_post_upgrade"))
  (func (export "canister_heartbeat")) (func (export "canister_global_timer"))
  (func (export "canister_inspect_message")) (func (export "canister_on_low_wasm_memory"))
  (func (export "other") (param i32)))`;

/** A module with a custom section added, whose content is given. */
function withCustomSection(bytes: Uint8Array, name: string, content: Uint8Array): Uint8Array {
  const encoded = new TextEncoder().encode(name);
  const number = (value: number) => [(value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, value >> 14];
  const size = 3 + encoded.length + content.length;
  return Uint8Array.from([...bytes, 0, ...number(size), ...number(encoded.length), ...encoded, ...content]);
}

function refusal(upload: Uint8Array, options?: PrepareOptions): { code: ModuleErrorCode; message: string } {
  try {
    prepareModule(upload, options);
  } catch (error) {
    if (error instanceof ModuleError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the module was accepted');
}

describe('prepareModule', () => {
  it('tells the entry points, methods and imports', () => {
    const { exports, imports, memory64, initialPages } = prepareModule(assemble(canister));
    expect(exports).toEqual({
      queries: new Set(['get thing']),
      updates: new Set(['put']),
      compositeQueries: new Set(['all']),
      hasInit: true,
      hasPreUpgrade: true,
      hasPostUpgrade: true,
      hasInspectMessage: true,
      hasHeartbeat: true,
      hasGlobalTimer: true,
      hasOnLowWasmMemory: true,
    });
    expect({ imports, memory64, initialPages }).toEqual({
      imports: ['msg_reply', 'time'],
      memory64: false,
      initialPages: 2,
    });
  });

  it('hashes the upload as it was given, compressed or not', () => {
    const bytes = assemble(canister);
    const compressed = new Uint8Array(gzipSync(bytes));
    for (const upload of [bytes, compressed]) {
      const { hash, exports } = prepareModule(upload);
      expect(hash).toEqual(new Uint8Array(createHash('sha256').update(upload).digest()));
      expect(exports.updates).toContain('put');
    }
  });

  it('gives the metadata, as copies', () => {
    const content = Uint8Array.of(1, 2, 3);
    const bytes = withCustomSection(assemble(canister), 'icp:public candid:service', content);
    const { customSections } = prepareModule(withCustomSection(bytes, 'icp:private x', new Uint8Array()));
    bytes.fill(0);
    expect(customSections).toEqual(
      new Map([
        ['candid:service', { visibility: 'public', content }],
        ['x', { visibility: 'private', content: new Uint8Array() }],
      ]),
    );
  });

  it('accepts a module without anything', () => {
    const prepared = prepareModule(assemble('(module)'));
    expect(prepared.hostExports).toMatchObject({
      memory: undefined,
      start: undefined,
      globals: [],
      tables: [],
    });
    expect(instantiate(prepared).variables.capture()).toEqual({ globals: [], tables: [] });
  });

  it('exports the start function in place of running it', () => {
    const prepared = prepareModule(
      assemble('(module (global (mut i32) (i32.const 1)) (start $s) (func $s (global.set 0 (i32.const 2))))'),
    );
    const { variables } = instantiate(prepared);
    expect(variables.capture().globals).toEqual([1n]);
    variables.start?.();
    expect(variables.capture().globals).toEqual([2n]);
  });
});

/** `count` copies of a piece of text with `#` replaced by a number. */
const repeat = (count: number, piece: string) =>
  Array.from({ length: count }, (_, i) => piece.replace('#', String(i))).join(' ');

describe('the rules of a module', () => {
  const broken: readonly (readonly [what: string, text: string, code: ModuleErrorCode, message: RegExp])[] = [
    ['an import from elsewhere', '(import "env" "f" (func))', 'rule', /imports "f" from "env"/],
    ['an imported memory', '(import "ic0" "m" (memory 1))', 'rule', /"ic0" "m", which is not a function/],
    [
      'an entry point of another type',
      '(func (export "canister_init") (param i32))',
      'rule',
      /\(i32\) -> \(\)/,
    ],
    [
      'a method of another type',
      '(func (export "canister_query q") (result i64) i64.const 0)',
      'rule',
      /\(\) -> \(i64\)/,
    ],
    [
      'an unknown canister_ export',
      '(func (export "canister_start"))',
      'rule',
      /"canister_start", which is neither/,
    ],
    [
      'a method without a kind',
      '(func (export "canister_ x"))',
      'rule',
      /neither an entry point nor a method/,
    ],
    [
      'a method in two kinds',
      '(func (export "canister_query x")) (func (export "canister_update x"))',
      'rule',
      /method "x" in more than one kind/,
    ],
    ['a reserved export', '(func (export "embedder:counter"))', 'rule', /"embedder:counter" is reserved/],
    ['too many functions', repeat(50_001, '(func)'), 'rule', /50001 functions; at most 50000/],
    ['too many globals', repeat(1001, '(global i32 (i32.const 0))'), 'rule', /1001 globals; at most 1000/],
    [
      'too many methods',
      repeat(1001, '(func (export "canister_query #"))'),
      'rule',
      /1001 methods; at most 1000/,
    ],
    [
      'too long method names',
      repeat(101, `(func (export "canister_update #${'n'.repeat(198)}"))`),
      'rule',
      /names take 20191 bytes; at most 20000/,
    ],
    ['a shared memory', '(memory 1 1 shared)', 'unsupported', /threads/],
    [
      'an atomic instruction',
      '(memory 1) (func i32.const 0 i32.atomic.load drop)',
      'unsupported',
      /0xfe; threads/,
    ],
    ['exception handling', '(tag) (func throw 0)', 'unsupported', /exception handling/],
    [
      'a wrong operand',
      '(func (result i32) i64.const 1)',
      'invalid',
      /not valid: .*expected i32, got i64|not valid: .*expected type i32/,
    ],
    ['a global that does not exist', '(func global.get 0 drop)', 'invalid', /[Gg]lobal index/],
    [
      'a function that does not exist',
      '(memory 1) (func call 1 (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))',
      'invalid',
      /[Ff]unction index/,
    ],
    ['a start function with a parameter', '(start 0) (func (param i32))', 'invalid', /start/],
  ];

  it.each(broken)('refuse %s', (_, fields, code, message) => {
    const error = refusal(assemble(`(module ${fields})`, { check: false }));
    expect(error).toEqual({ code, message: expect.stringMatching(message) });
  });

  it('refuse two memories', () => {
    const twoMemories = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 5, 2, 0, 1, 0, 1);
    expect(refusal(twoMemories)).toEqual({ code: 'rule', message: expect.stringMatching(/2 memories/) });
  });

  it('refuse exception instructions, relaxed vectors and garbage collection by name', () => {
    const withCode = (...code: number[]) =>
      Uint8Array.of(
        ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
        ...[10, code.length + 4, 1, code.length + 2, 0, ...code, 0x0b],
      );
    for (const [code, message] of [
      [[0x08, 0], /exception-handling instruction \(0x08\)/],
      [[0x06, 0x40, 0x0b], /exception-handling instruction \(0x06\)/],
      [[0xfd, 0x80, 0x02], /relaxed or unknown vector instruction \(0xfd 256\)/],
      [[0xfb, 0], /garbage-collection instruction/],
      [[0x14, 0], /typed-function-reference/],
      [[0xfc, 0x13], /unknown instruction \(0xfc 19\)/],
      [[0x27], /unknown instruction \(0x27\)/],
    ] as const) {
      expect(refusal(withCode(...code))).toEqual({
        code: 'unsupported',
        message: expect.stringMatching(message),
      });
    }
  });

  const metadata: readonly (readonly [
    what: string,
    names: readonly string[],
    size: number,
    message: RegExp,
  ])[] = [
    ['another kind of metadata', ['icp:secret x'], 0, /"icp:secret x" is neither/],
    ['metadata that is both public and private', ['icp:public x', 'icp:private x'], 0, /"x" comes twice/],
    [
      'too much metadata',
      Array.from({ length: 17 }, (_, i) => `icp:public ${i}`),
      0,
      /17 sections of metadata/,
    ],
    ['too large metadata', ['icp:public a', 'icp:private b'], 524_288, /1048578 bytes; at most 1048576/],
  ];

  it.each(metadata)('refuse %s', (_, names, size, message) => {
    const content = new Uint8Array(size);
    const upload = names.reduce(
      (bytes, name) => withCustomSection(bytes, name, content),
      assemble('(module)'),
    );
    expect(refusal(upload)).toEqual({ code: 'rule', message: expect.stringMatching(message) });
  });

  const uploads: readonly (readonly [string, Uint8Array, ModuleErrorCode, RegExp])[] = [
    ['an empty upload', new Uint8Array(), 'malformed', /not a WebAssembly module/],
    ['a text', new TextEncoder().encode('(module)'), 'malformed', /not a WebAssembly module/],
    ['broken gzip', Uint8Array.of(0x1f, 0x8b, 0x08, 1, 2, 3), 'bad-gzip', /cannot be decompressed/],
    [
      'what decompresses to too much',
      new Uint8Array(gzipSync(new Uint8Array(101 * 2 ** 20))),
      'too-large',
      /100 MiB/,
    ],
    [
      'a section that comes twice',
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0),
      'malformed',
      /twice/,
    ],
  ];

  it.each(uploads)('refuse %s', (_, upload, code, message) => {
    expect(refusal(upload)).toEqual({ code, message: expect.stringMatching(message) });
  });

  it('refuse imports that the system does not have, if it tells what it has', () => {
    const importType: PrepareOptions['importType'] = (name, pointer) =>
      name === 'msg_arg_data_size' ? { params: [], results: [pointer] } : undefined;
    const module = (field: string) => assemble(`(module (import "ic0" ${field}))`);
    expect(() =>
      prepareModule(module('"msg_arg_data_size" (func (result i32))'), { importType }),
    ).not.toThrow();
    expect(refusal(module('"msg_arg_data_size" (func (result i64))'), { importType }).message).toMatch(
      /as \(\) -> \(i64\); it is \(\) -> \(i32\)/,
    );
    expect(refusal(module('"no_such" (func)'), { importType }).message).toMatch(
      /"no_such", which does not exist/,
    );
  });

  it('accept a 64-bit memory where the engine runs it, and else say so', () => {
    const upload = assemble('(module (memory i64 1) (func (export "f") (drop (i32.load (i64.const 0)))))');
    if (WebAssembly.validate(upload)) expect(prepareModule(upload).memory64).toBe(true);
    else
      expect(refusal(upload)).toEqual({
        code: 'memory64-unsupported',
        message: expect.stringMatching(/Node 24/),
      });
  });
});
