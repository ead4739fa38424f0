import { describe, expect, it, onTestFinished } from 'vitest';
import { Network } from '../../../src/replica/network.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { expectReply, replyI32 } from '../support/outcomes.ts';
import { Random } from '../support/random.ts';
import { setupNetwork, TestNetwork } from '../support/setup-network.ts';

const PAGES = 4;
const BYTES = PAGES * 65_536;
/** What is written at most at once. */
const LONGEST = 9000;

/** What a step does with an address, and a number below `BYTES - LONGEST`. */
const OPS = [
  ['(i32.store8 offset=3 (local.get $at) (local.get $n))', (heap, at, n) => void (heap[at + 3] = n)],
  [
    '(i64.store offset=5000 (local.get $at) (i64.extend_i32_u (local.get $n)))',
    (heap, at, n) => new DataView(heap.buffer).setBigUint64(at + 5000, BigInt(n), true),
  ],
  [
    '(memory.fill (local.get $at) (local.get $n) (i32.const 9000))',
    (heap, at, n) => heap.fill(n, at, at + 9000),
  ],
  [
    '(memory.copy (local.get $at) (local.get $n) (i32.const 5000))',
    (heap, at, n) => heap.copyWithin(at, n, n + 5000),
  ],
  [
    '(call $ic0.msg_arg_data_copy (local.get $at) (i32.const 0) (i32.const 12))',
    (heap, at, _, arg) => heap.set(arg.subarray(0, 12), at),
  ],
  [
    '(call $ic0.stable64_read (i64.extend_i32_u (local.get $at)) (i64.const 0) (i64.const 6000))',
    (heap, at) => heap.fill(0, at, at + 6000),
  ],
] as const satisfies readonly (readonly [
  text: string,
  model: (heap: Uint8Array, at: number, n: number, arg: Uint8Array) => unknown,
])[];

interface Kind {
  readonly call: 'call' | 'query';
  readonly method: string;
  /** Whether what it does stays. */
  readonly stays?: boolean;
}

/** How a script is run. */
const KINDS: readonly [Kind, ...Kind[]] = [
  { call: 'call', method: 'run', stays: true },
  { call: 'call', method: 'run and trap' },
  { call: 'call', method: 'run as query' },
  { call: 'query', method: 'run as query' },
  { call: 'query', method: 'run as query and trap' },
];

const MODULE = canister(
  `
  (func $run (local $i i32) (local $op i32) (local $at i32) (local $n i32)
    (loop $next
      (call $ic0.msg_arg_data_copy (i32.const 0) (local.get $i) (i32.const 12))
      (local.set $op (i32.load (i32.const 0)))
      (local.set $at (i32.load (i32.const 4)))
      (local.set $n (i32.load (i32.const 8)))
      ${OPS.map(([text], code) => `(if (i32.eq (local.get $op) (i32.const ${code})) (then ${text}))`).join('\n')}
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 12))) (call $ic0.msg_arg_data_size)))))
  (func (export "canister_init") (drop (call $ic0.stable64_grow (i64.const 1))))
  (func (export "canister_inspect_message") (call $run) (call $ic0.accept_message))
  ${update('run', '(call $run) (call $reply_empty)')}
  ${update('run and trap', '(call $run) unreachable')}
  ${query('run as query', '(call $run) (call $reply_empty)')}
  ${query('run as query and trap', '(call $run) unreachable')}
  ${query('observe', `(call $reply (i32.const 0) (i32.const ${BYTES}))`)}`,
  { memory: `(memory ${PAGES})` },
);

interface Step {
  readonly op: number;
  readonly at: number;
  readonly n: number;
}

function someSteps(random: Random): readonly Step[] {
  return Array.from({ length: 1 + random.below(5) }, () => ({
    op: random.below(OPS.length),
    at: random.oneIn(3)
      ? random.below((BYTES - LONGEST) / 2048) * 2048 + random.below(16)
      : random.below(BYTES - LONGEST),
    n: random.below(BYTES - LONGEST),
  }));
}

function encode(steps: readonly Step[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(steps.flatMap(({ op, at, n }) => [op, at, n])).buffer);
}

/** The heap after the steps, in plain data. */
function after(heap: Uint8Array, steps: readonly Step[]): Uint8Array {
  const next = heap.slice();
  const arg = encode(steps);
  for (const [i, { op, at, n }] of steps.entries()) {
    next.set(arg.subarray(12 * i, 12 * i + 12));
    OPS[op]?.[1](next, at, n, arg);
  }
  return next;
}

/** A network that goes on by itself from where another is. */
function forkOf({ network }: TestNetwork): TestNetwork {
  const fork = Network.restore(network.snapshot());
  onTestFinished(() => fork.close());
  return new TestNetwork(fork, []);
}

/** That what runs next sees the heap, and that it is what is committed. */
async function expectHeap(network: TestNetwork, id: Uint8Array, heap: Uint8Array): Promise<void> {
  // A matcher would print all of it.
  expect(Buffer.compare(expectReply(await network.query(id, 'observe')), heap)).toBe(0);
  expect(Buffer.compare(network.canister(id).code?.heap ?? new Uint8Array(), heap)).toBe(0);
}

describe('the heap', () => {
  it.each([1, 2, 3])(
    'is what updates that ended well wrote, wherever messages wrote (seed %i)',
    async (seed) => {
      const random = new Random(seed);
      const first = await setupNetwork();
      const id = await first.install(MODULE);
      const networks: { readonly network: TestNetwork; readonly heap: Uint8Array }[] = [
        { network: first, heap: new Uint8Array(BYTES) },
      ];
      for (let message = 0; message < 60; message++) {
        const at = random.below(networks.length);
        const { network, heap } = networks[at] ?? expect.unreachable();
        const { call, method, stays = false } = random.pick(KINDS);
        const steps = someSteps(random);
        const outcome = await network[call](id, method, encode(steps));
        expect(outcome.kind).toBe(method.endsWith('trap') ? 'rejected' : 'replied');
        const next = { network, heap: stays ? after(heap, steps) : heap };
        networks[at] = next;
        await expectHeap(network, id, next.heap);
        if (networks.length < 4 && random.oneIn(8)) networks.push({ ...next, network: forkOf(network) });
      }
      for (const { network, heap } of networks) await expectHeap(network, id, heap);
    },
  );

  it.each([
    ['msg_caller_copy', '(i32.const 50000) (i32.const 0) (call $ic0.msg_caller_size)'],
    ['canister_self_copy', '(i32.const 50000) (i32.const 0) (i32.const 10)'],
    ['canister_cycle_balance128', '(i32.const 50000)'],
    ['stable_read', '(i32.const 50000) (i32.const 0) (i32.const 4)'],
    ['stable64_read', '(i64.const 50000) (i64.const 0) (i64.const 4)'],
  ])('has nothing of what ic0.%s wrote in a query', async (name, args) => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`
        (func (export "canister_init")
          (drop (call $ic0.stable64_grow (i64.const 1)))
          (i32.store (i32.const 100) (i32.const -1))
          (call $ic0.stable64_write (i64.const 0) (i64.const 100) (i64.const 4)))
        (func $written (result i32) (i32.load8_u (i32.const 50001)))
        ${query('write', `(call $ic0.${name} ${args}) (call $reply_i32 (call $written))`)}
        ${query('observe', '(call $reply_i32 (call $written))')}`),
    );
    expect(replyI32(await network.query(id, 'write'))).not.toBe(0);
    expect(replyI32(await network.query(id, 'observe'))).toBe(0);
  });
});
