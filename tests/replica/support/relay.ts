import { concatBytes, utf8 } from '../../../src/replica/codec/bytes.ts';
import type { Outcome } from '../../../src/replica/messages/outcome.ts';
import { canister, data, update } from './canister-wat.ts';
import { encodeArgument, type ManagementMethodName } from './management-types.ts';
import { expectReply, i64 } from './outcomes.ts';
import type { TestNetwork } from './setup-network.ts';

/**
 * Makes the call that its argument describes, and replies with the response: a byte that is zero or the reject code,
 * the cycles that came back, and the reply or the reject message.
 */
export const RELAY = canister(
  `
  (table funcref (elem $on_reply $on_reject))
  ${data(64, 'not performed')}
  (func $head (param $code i32)
    (i32.store8 (i32.const 100) (local.get $code))
    (i64.store (i32.const 101) (call $ic0.msg_cycles_refunded))
    (call $ic0.msg_reply_data_append (i32.const 100) (i32.const 9)))
  (func $on_reply (param i32)
    (call $head (i32.const 0))
    (call $ic0.msg_arg_data_copy (i32.const 1024) (i32.const 0) (call $ic0.msg_arg_data_size))
    (call $reply (i32.const 1024) (call $ic0.msg_arg_data_size)))
  (func $on_reject (param i32)
    (call $head (call $ic0.msg_reject_code))
    (call $ic0.msg_reject_msg_copy (i32.const 1024) (i32.const 0) (call $ic0.msg_reject_msg_size))
    (call $reply (i32.const 1024) (call $ic0.msg_reject_msg_size)))
  (func $relay (local $name i32) (local $cycles i32) (local $end i32)
    (call $ic0.msg_arg_data_copy (i32.const 1024) (i32.const 0) (call $ic0.msg_arg_data_size))
    (local.set $end (i32.add (i32.const 1024) (call $ic0.msg_arg_data_size)))
    (local.set $name (i32.add (i32.const 1025) (i32.load8_u (i32.const 1024))))
    (local.set $cycles (i32.add (i32.add (local.get $name) (i32.const 1)) (i32.load8_u (local.get $name))))
    (call $ic0.call_new
      (i32.const 1025) (i32.load8_u (i32.const 1024))
      (i32.add (local.get $name) (i32.const 1)) (i32.load8_u (local.get $name))
      (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0))
    (call $ic0.call_cycles_add128 (i64.const 0) (i64.load (local.get $cycles)))
    (call $ic0.call_data_append
      (i32.add (local.get $cycles) (i32.const 8))
      (i32.sub (local.get $end) (i32.add (local.get $cycles) (i32.const 8))))
    (if (call $ic0.call_perform) (then (call $ic0.trap (i32.const 64) (i32.const 13)))))
  ${update('relay', '(call $relay)')}`,
  { memory: '(memory 40)' },
);

/** What a relay was answered. */
export type Relayed =
  | { readonly kind: 'replied'; readonly reply: Uint8Array; readonly refunded: bigint }
  | { readonly kind: 'rejected'; readonly code: number; readonly message: string; readonly refunded: bigint };

/** A call that a relay makes. */
export interface RelayedCall {
  readonly callee: Uint8Array;
  readonly method: string;
  readonly arg?: Uint8Array;
  readonly cycles?: bigint;
}

/** A canister through which a test calls others, as a canister does. */
export class Relay {
  readonly id: Uint8Array;
  readonly #network: TestNetwork;

  constructor(network: TestNetwork, id: Uint8Array) {
    this.#network = network;
    this.id = id;
  }

  async call(call: RelayedCall): Promise<Relayed> {
    return decodeRelayed(await this.#network.call(this.id, 'relay', encodeRelayedCall(call)));
  }

  async manage(method: ManagementMethodName, value: object, cycles = 0n): Promise<Relayed> {
    return this.call({ callee: new Uint8Array(), method, arg: encodeArgument(method, value), cycles });
  }
}

/** Installs a relay. */
export async function installRelay(
  network: TestNetwork,
  options: { readonly amount?: bigint } = {},
): Promise<Relay> {
  return new Relay(network, await network.install(RELAY, options));
}

/** The reply of a relayed call; fails for a reject and says which. */
export function relayedReply(relayed: Relayed): Uint8Array {
  if (relayed.kind === 'replied') return relayed.reply;
  throw new Error(`rejected: ${relayed.code} ${relayed.message}`);
}

/** The argument of a relay's method. */
export function encodeRelayedCall({
  callee,
  method,
  arg = new Uint8Array(),
  cycles = 0n,
}: RelayedCall): Uint8Array {
  const name = utf8(method);
  const sizes = [callee, name].map(({ length }) => new Uint8Array([length]));
  return concatBytes(sizes[0]!, callee, sizes[1]!, name, i64(cycles), arg);
}

/** What a relay's method answered. */
export function decodeRelayed(outcome: Outcome): Relayed {
  const bytes = expectReply(outcome);
  const [code = 0] = bytes;
  const refunded = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(1, true);
  const rest = bytes.slice(9);
  return code === 0
    ? { kind: 'replied', reply: rest, refunded }
    : { kind: 'rejected', code, message: new TextDecoder().decode(rest), refunded };
}
