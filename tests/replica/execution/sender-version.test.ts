import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { canister } from '../support/canister-wat.ts';
import { encodeArgument, type ManagementMethodName } from '../support/management-types.ts';
import { expectReply } from '../support/outcomes.ts';
import { installRelay } from '../support/relay.ts';
import { owner, setupNetwork } from '../support/setup-network.ts';

const MODULE = canister('');

/** The methods that take it, with what else they are told. */
const METHODS: readonly (readonly [ManagementMethodName, object])[] = [
  ['update_settings', { settings: {} }],
  ['install_code', { mode: { reinstall: null }, wasm_module: MODULE, arg: new Uint8Array() }],
  ['uninstall_code', {}],
  ['create_canister', {}],
  ['provisional_create_canister_with_cycles', {}],
];

async function setup() {
  const network = await setupNetwork();
  const relay = await installRelay(network);
  const canister_id = Principal.fromUint8Array(await network.install(MODULE));
  const controllers = [Principal.fromUint8Array(relay.id), Principal.fromUint8Array(owner)];
  expectReply(await network.manage('update_settings', { canister_id, settings: { controllers } }));
  return { network, relay, canister_id };
}

describe('the sender_canister_version of a call to the management canister', () => {
  it.each(METHODS)('has to be the version of the canister that calls %s', async (method, more) => {
    const { network, relay, canister_id } = await setup();
    const { version } = network.canister(relay.id);
    const manage = (told: bigint) =>
      relay.manage(method, { canister_id, ...more, sender_canister_version: told }, 600_000_000_000n);
    const cycles = network.canister(relay.id).cycles;
    await expect(manage(version + 1n)).rejects.toThrow(
      `IC0504 Error from Canister ${Principal.fromUint8Array(relay.id).toText()}: Canister violated contract: Management canister call payload includes sender canister version ${version + 1n} that does not match the actual sender canister version ${version}`,
    );
    // The message that would have called is undone, and paid for.
    const lost = cycles - network.canister(relay.id).cycles;
    expect(lost).toBeGreaterThan(0n);
    expect(lost).toBeLessThan(100_000_000n);
    expect(network.canister(relay.id)).toMatchObject({ version, callbacks: new Map() });
    expect(await manage(version)).toMatchObject({ kind: 'replied' });
  });

  it('means nothing to users, and to other methods', async () => {
    const { network, relay, canister_id } = await setup();
    const value = { canister_id, settings: {}, sender_canister_version: 99n };
    expectReply(await network.manage('update_settings', value));
    const arg = encodeArgument('update_settings', value);
    const started = await relay.call({ callee: new Uint8Array(), method: 'start_canister', arg });
    expect(started).toMatchObject({ kind: 'replied' });
  });

  it('is none in an argument that cannot be decoded, which the method refuses', async () => {
    const { relay } = await setup();
    const arg = new Uint8Array([1, 2, 3]);
    const relayed = await relay.call({ callee: new Uint8Array(), method: 'update_settings', arg });
    expect(relayed).toMatchObject({ kind: 'rejected', code: 4 });
  });
});
