import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/replica/messages/outcome.ts';
import { executionFee, ingressFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { SECOND, setupNetwork, type TestNetwork } from '../support/setup-network.ts';
import { compileMotoko } from './compile.ts';

const COUNTER = compileMotoko(`
  import Prim "mo:⛔";
  persistent actor {
    var count : Nat = 0;
    transient var ticks : Nat = 0;
    public func add() : async Nat { count += 1; count };
    public query func get() : async Nat { count };
    public query func ticked() : async Nat { ticks };
    public func addThere(other : Text) : async Nat {
      let there = actor (other) : actor { add : () -> async Nat };
      (await there.add()) + (await there.add())
    };
    public func failThere(other : Text) : async Text {
      let there = actor (other) : actor { fail : () -> async () };
      try { await there.fail(); "it did not" } catch (error) { Prim.errorMessage(error) }
    };
    public func fail() : async () { count += 1; Prim.trap("on purpose") };
    public func start() : async () {
      ignore Prim.setTimer<system>(1_000_000_000, true, func () : async () { ticks += 1 })
    };
    public func fill(size : Nat) : async Nat { Prim.Array_init<Nat>(size, 7).size() };
  }`);

/** The same, a release later. */
const NEXT = compileMotoko(`
  persistent actor {
    var count : Nat = 0;
    var name : Text = "new";
    public query func get() : async Nat { count };
    public query func named() : async Text { name };
  }`);

/** What lives in the heap of the others cannot be this. */
const INCOMPATIBLE = compileMotoko(
  'persistent actor { var count : Text = ""; public query func get() : async Text { count } }',
);

const NOTHING = new Uint8Array(IDL.encode([], []));

function nat(outcome: Outcome): bigint {
  const [value] = IDL.decode([IDL.Nat], expectReply(outcome).slice());
  if (typeof value !== 'bigint') throw new TypeError('a nat is a bigint');
  return value;
}

const text = (value: string) => new Uint8Array(IDL.encode([IDL.Text], [value]));
const call = (network: TestNetwork, id: Uint8Array, method: string, arg = NOTHING) =>
  network.call(id, method, arg);
const keep = { mode: 'upgrade', upgrade: { wasm_memory_persistence: { keep: null } }, arg: NOTHING } as const;

async function setup() {
  const network = await setupNetwork();
  const id = await network.create();
  expectReply(await network.installCode(id, COUNTER, { arg: NOTHING }));
  return { network, id };
}

describe('an actor in Motoko', () => {
  it('counts, and pays twice for each instruction of its 64-bit memory', async () => {
    const { network, id } = await setup();
    expect(nat(await call(network, id, 'add'))).toBe(1n);
    const { cycles } = network.canister(id);
    expect(nat(await call(network, id, 'add'))).toBe(2n);
    const { instructions, cycles: fee } = network.reports.at(-1)!;
    expect(fee).toBe(executionFee(instructions, true));
    expect(cycles - network.canister(id).cycles).toBe(ingressFee('add', NOTHING) + fee);
    expect(nat(await network.query(id, 'get', NOTHING))).toBe(2n);
  });

  it('calls another, and hears of its trap', async () => {
    const { network, id } = await setup();
    const other = await network.create();
    expectReply(await network.installCode(other, COUNTER, { arg: NOTHING }));
    const name = text(Principal.fromUint8Array(other).toText());
    expect(nat(await call(network, id, 'addThere', name))).toBe(3n);
    const [told] = IDL.decode([IDL.Text], expectReply(await call(network, id, 'failThere', name)).slice());
    expect(told).toContain('on purpose');
    expect(nat(await network.query(other, 'get', NOTHING))).toBe(2n);
  });

  it('has timers', async () => {
    const { network, id } = await setup();
    expectReply(await call(network, id, 'start'));
    for (let i = 0; i < 3; i++) await network.network.advanceTime(SECOND);
    expect(nat(await network.query(id, 'ticked', NOTHING))).toBe(3n);
  });

  it('keeps its persistent variables over an upgrade to the same and to a later release', async () => {
    const { network, id } = await setup();
    for (let i = 0; i < 5; i++) await call(network, id, 'add');
    expectReply(await network.installCode(id, COUNTER, keep));
    expect(nat(await call(network, id, 'add'))).toBe(6n);
    expectReply(await network.installCode(id, NEXT, keep));
    expect(nat(await network.query(id, 'get', NOTHING))).toBe(6n);
    const [name] = IDL.decode([IDL.Text], expectReply(await network.query(id, 'named', NOTHING)).slice());
    expect(name).toBe('new');
  });

  it('refuses an upgrade that would lose its variables, and goes on', async () => {
    const { network, id } = await setup();
    await call(network, id, 'add');
    expectReject(
      await network.installCode(id, COUNTER, { mode: 'upgrade' }),
      'IC0504',
      'Missing upgrade option',
    );
    const refused = await network.installCode(id, INCOMPATIBLE, keep);
    expectReject(refused, 'IC0503', 'incompatible');
    expect(nat(await call(network, id, 'add'))).toBe(2n);
  });

  it('is taken back whole by a trap after it grew', async () => {
    const { network, id } = await setup();
    expect(nat(await call(network, id, 'fill', new Uint8Array(IDL.encode([IDL.Nat], [3_000_000n]))))).toBe(
      3_000_000n,
    );
    const heap = network.canister(id).code?.heap.length;
    expectReject(await call(network, id, 'fail'), 'IC0503', 'on purpose');
    expect(network.canister(id).code?.heap.length).toBe(heap);
    expect(nat(await network.query(id, 'get', NOTHING))).toBe(0n);
  });
});
