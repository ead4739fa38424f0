import { importType } from '../../../src/replica/system-api/table.ts';
import { ByteWriter } from '../../../src/replica/wasm/byte-writer.ts';
import { assemble } from '../wasm/wat.ts';

/** Memory below this address is scratch space of the prelude's functions. */
const PRELUDE = `
  (func $reply (param $at i32) (param $size i32)
    (call $ic0.msg_reply_data_append (local.get $at) (local.get $size))
    (call $ic0.msg_reply))
  (func $reply_i32 (param i32)
    (i32.store (i32.const 0) (local.get 0))
    (call $reply (i32.const 0) (i32.const 4)))
  (func $reply_i64 (param i64)
    (i64.store (i32.const 0) (local.get 0))
    (call $reply (i32.const 0) (i32.const 8)))
  (func $reply_empty
    (call $ic0.msg_reply))`;

/**
 * A canister's module from its functions, tables, globals and data in the text format, with a memory of one page that
 * it can grow. `$ic0.name` in the text imports that function of the System API; `$reply (at, size)`, `$reply_i32`,
 * `$reply_i64` and `$reply_empty` answer. Addresses below 64 are scratch space.
 */
export function canister(body: string, { memory = '(memory 1)' } = {}): Uint8Array {
  return bareCanister(`${memory} ${PRELUDE} ${body}`);
}

/** As `canister`, without memory and answering functions. */
export function bareCanister(body: string): Uint8Array {
  const names = new Set(Array.from(body.matchAll(/\$ic0\.(\w+)/g), ([, name]) => name ?? ''));
  const imports = [...names].map((name) => `(import "ic0" "${name}" (func $ic0.${name} ${typeOf(name)}))`);
  return assemble(`(module ${imports.join(' ')} ${body})`);
}

/** How the text format declares the type of a function of the System API. */
export function typeOf(name: string): string {
  const type = importType(name, 'i32');
  if (type === undefined) throw new Error(`there is no ic0.${name}`);
  const list = (kind: string, types: readonly string[]) =>
    types.length === 0 ? '' : `(${kind} ${types.join(' ')})`;
  return `${list('param', type.params)} ${list('result', type.results)}`;
}

/** A function `$endless` that never ends, made of instructions that cost much and take little time. */
export const ENDLESS = `(func $endless (loop $again ${'(drop (memory.size))'.repeat(400)} (br $again)))`;

/** An update method. */
export function update(name: string, body: string): string {
  return `(func (export "canister_update ${name}") ${body})`;
}

/** A query method. */
export function query(name: string, body: string): string {
  return `(func (export "canister_query ${name}") ${body})`;
}

/** A data segment of text or bytes. */
export function data(at: number, content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const escaped = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`);
  return `(data (i32.const ${at}) "${escaped.join('')}")`;
}

/** What a call in the text format is made of; texts and ids lie in memory as [address, size]. */
export interface CallPiece {
  readonly callee: readonly [at: number, size: number];
  readonly method: readonly [at: number, size: number];
  readonly onReply?: number;
  readonly onReject?: number;
  readonly env?: number;
  /** Instructions between call_new and call_perform. */
  readonly with?: string;
}

/** Instructions that make a call and trap where it is not performed; callbacks are indices of the table. */
export function makeCall({
  callee,
  method,
  onReply = 0,
  onReject = 1,
  env = 0,
  with: more = '',
}: CallPiece): string {
  const numbers = [...callee, ...method, onReply, env, onReject, env].map((n) => `(i32.const ${n})`);
  return `(call $ic0.call_new ${numbers.join(' ')}) ${more} (if (call $ic0.call_perform) (then unreachable))`;
}

/** The module with a custom section more, at its end. */
export function withSection(module: Uint8Array, name: string, content: Uint8Array): Uint8Array {
  const section = new ByteWriter().name(name).bytes(content);
  return new ByteWriter()
    .bytes(module)
    .byte(0)
    .unsigned(section.length)
    .bytes(section.written())
    .written()
    .slice();
}

/** Marks code that keeps its data in its heap over upgrades. */
export function livingInHeap(module: Uint8Array): Uint8Array {
  return withSection(module, 'icp:private enhanced-orthogonal-persistence', new Uint8Array());
}
