import { Principal } from '@dfinity/principal';
import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import { concatBytes, toHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import type { ExecutionReport } from '../../../src/replica/execution/world.ts';
import type { IngressMessage } from '../../../src/replica/messages/message.ts';
import { Network, type NetworkOptions } from '../../../src/replica/network.ts';
import { canister, data, query, update } from '../support/canister-wat.ts';
import { expectReply, i32 } from '../support/outcomes.ts';
import { installRelay, Relay } from '../support/relay.ts';
import { SECOND, START, TestNetwork } from '../support/setup-network.ts';

/** Changes state of every kind, and has a timer that sets itself again and a heartbeat. */
const WORKER = canister(`
  (global $count (mut i64) (i64.const 0)) (table $t 8 funcref) (elem declare func $f) (func $f)
  ${data(200, 'worked')}
  (func $argument (result i32)
    (call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4)) (i32.load (i32.const 64)))
  (func $count
    (global.set $count (i64.add (global.get $count) (i64.const 1)))
    (i64.store (i32.const 512) (global.get $count))
    (call $ic0.certified_data_set (i32.const 512) (i32.const 8)))
  ${update('init', '(drop (call $ic0.stable64_grow (i64.const 4))) (call $reply_empty)')}
  ${update(
    'work',
    `(local $i i32) (local.set $i (i32.and (call $argument) (i32.const 1023)))
     (loop $again
       (i32.store (i32.add (i32.const 2048) (local.get $i)) (local.get $i))
       (br_if $again (i32.gt_s (local.tee $i (i32.sub (local.get $i) (i32.const 4))) (i32.const 0))))
     (call $ic0.stable64_write (i64.extend_i32_u (i32.and (call $argument) (i32.const 0x3ffff)))
       (i64.const 512) (i64.const 8))
     (table.set (i32.and (call $argument) (i32.const 7)) (ref.func $f))
     (call $ic0.debug_print (i32.const 200) (i32.const 6))
     (call $count) (call $reply_i64 (global.get $count))`,
  )}
  ${update('trap', '(call $count) unreachable')}
  ${update('grow', '(call $count) (call $reply_i32 (memory.grow (i32.and (call $argument) (i32.const 1))))')}
  ${update(
    'timer',
    `(drop (call $ic0.global_timer_set (i64.add (call $ic0.time) (i64.extend_i32_u (call $argument)))))
     (call $reply_empty)`,
  )}
  ${update('echo', '(call $reply_i64 (global.get $count))')}
  ${query('count', '(call $reply_i64 (global.get $count))')}
  (func (export "canister_global_timer") (call $count)
    (drop (call $ic0.global_timer_set (i64.add (call $ic0.time) (i64.const ${5n * SECOND})))))
  (func (export "canister_heartbeat") (call $count))`);

const KINDS = [
  'work',
  'work',
  'work',
  'trap',
  'grow',
  'timer',
  'relay',
  'random',
  'status',
  'query',
  'advance',
  'tick',
  'top up',
  'create',
  'take snapshot',
  'load snapshot',
  'burst',
] as const;
type Kind = (typeof KINDS)[number];

/** What is done to the network, one after the other: always the same. */
const STEPS = fc.sample(fc.tuple(fc.constantFrom(...KINDS), fc.nat(1_000_000)), { seed: 7, numRuns: 1000 });

/** How many steps a run has. */
export const STEP_COUNT = STEPS.length;

/** A network that does the same each time: its keys, its random bytes, its time and its request ids are always the same. */
export class RepeatableNetwork extends TestNetwork {
  /** The number of the next request. */
  next: number;

  constructor(network: Network, reports: ExecutionReport[], next: number) {
    super(network, reports);
    this.next = next;
  }

  override message(...args: Parameters<TestNetwork['message']>): IngressMessage {
    return { ...super.message(...args), requestId: utf8(`request ${this.next++}`) };
  }

  /** What was executed and stays, in order: queries and inspections are not done again. */
  get executed(): readonly string[] {
    return this.reports
      .filter(({ entryPoint }) => entryPoint !== 'NRQ' && entryPoint !== 'F')
      .map(({ canisterId, entryPoint, methodName = '', instructions, cycles }) =>
        [toHex(canisterId), entryPoint, methodName, instructions, cycles].join(' '),
      );
  }

  get rootHash(): string {
    return toHex(this.network.subnet.rootHash());
  }
}

/** Opens a repeatable network, which is closed when the test ends. */
export async function setupRepeatable(options: NetworkOptions = {}, next = 0): Promise<RepeatableNetwork> {
  const reports: ExecutionReport[] = [];
  const network = await Network.open({
    manualTime: START,
    random: (length) => new Uint8Array(length).fill(5),
    onExecuted: (report) => reports.push(report),
    ...options,
  });
  onTestFinished(() => network.close());
  return new RepeatableNetwork(network, reports, next);
}

/** The canisters that steps are done to. */
export interface Cast {
  readonly worker: Uint8Array;
  readonly relay: Uint8Array;
}

export async function installCast(network: TestNetwork): Promise<Cast> {
  const worker = await network.install(WORKER);
  expectReply(await network.call(worker, 'init'));
  const { id: relay } = await installRelay(network);
  return { worker, relay };
}

/** Does the steps of these numbers, to the end of each. */
export async function takeSteps(network: TestNetwork, cast: Cast, from: number, to: number): Promise<void> {
  for (const [kind, value] of STEPS.slice(from, to)) await takeStep(network, cast, kind, value);
}

async function takeStep(network: TestNetwork, cast: Cast, kind: Kind, value: number): Promise<void> {
  const { worker } = cast;
  const relay = new Relay(network, cast.relay);
  const canister_id = Principal.fromUint8Array(worker);
  switch (kind) {
    case 'work':
    case 'trap':
    case 'grow':
    case 'timer':
      await network.call(worker, kind, i32(value));
      return;
    case 'burst': {
      const messages = Array.from({ length: value % 20 }, (_, i) =>
        network.message(worker, 'work', i32(value + i)),
      );
      await Promise.all(messages.map((message) => network.run(message)));
      return;
    }
    case 'relay':
      await relay.call({ callee: worker, method: value % 2 === 0 ? 'work' : 'trap', arg: i32(value) });
      return;
    case 'random':
      await relay.call({ callee: new Uint8Array(), method: 'raw_rand', arg: utf8('DIDL\0\0') });
      return;
    case 'query':
      await network.query(worker, 'count');
      return;
    case 'status':
      await network.manage('canister_status', { canister_id });
      return;
    case 'advance':
      await network.network.advanceTime(BigInt(value) * 10_000n);
      return;
    case 'tick':
      await network.network.subnet.tick();
      return;
    case 'top up':
      await network.manage('provisional_top_up_canister', { canister_id, amount: BigInt(value) });
      return;
    case 'create':
      await network.create({ amount: BigInt(value) });
      return;
    case 'take snapshot':
      await network.manage('take_canister_snapshot', { canister_id });
      return;
    case 'load snapshot': {
      const snapshot_id = concatBytes(new Uint8Array(8), worker);
      await network.manage('load_canister_snapshot', { canister_id, snapshot_id });
    }
  }
}
