import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { createNetworkKeys } from '../../../src/replica/certification/network-keys.ts';
import { StateTree } from '../../../src/replica/certification/state-tree.ts';
import { fromHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { createHttpInterface, type HttpInterfaceOptions } from '../../../src/replica/http/http-interface.ts';
import { FakeSubnet } from './fake-subnet.ts';

/** The keys of every test network; deriving them is the slow part. */
export const keys = createNetworkKeys({ root: new Uint8Array(32).fill(1), node: new Uint8Array(32).fill(2) });

/** The network's one canister, and another that is not there. */
export const canisterId = Principal.fromUint8Array(fromHex('00000000001000010101'));
export const otherId = Principal.fromUint8Array(fromHex('00000000001000020101'));

/** Controls the canister. */
export const owner = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(3));
/** Controls nothing. */
export const stranger = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(4));

/** A network in front of a fake subnet, closed when the test ends. */
export interface TestNetwork {
  readonly app: FastifyInstance;
  readonly subnet: FakeSubnet;
  readonly state: StateTree;
}

/** Makes a network that answers injected requests. */
export function setupNetwork(options: Partial<HttpInterfaceOptions> = {}): TestNetwork {
  const state = new StateTree({
    keys,
    type: 'application',
    canisterRanges: [[fromHex('00000000001000000101'), fromHex('00000000001fffff0101')]],
  });
  const subnet = new FakeSubnet(keys.subnetId, state, owner.getPrincipal().toUint8Array());
  state.setTime(subnet.now());
  state.setCanister(canisterId.toUint8Array(), {
    controllers: [owner.getPrincipal().toUint8Array()],
    moduleHash: new Uint8Array(32).fill(5),
    metadata: new Map([
      ['candid:service', utf8('service : {}')],
      ['secret', utf8('for controllers')],
    ]),
    certifiedData: new Uint8Array(),
  });
  const app = createHttpInterface({ subnet, state, keys, clock: () => subnet.now(), ...options });
  onTestFinished(() => app.close());
  return { app, subnet, state };
}

/** Makes a network that listens, and tells where. */
export async function setupListeningNetwork(
  options: Partial<HttpInterfaceOptions> = {},
): Promise<TestNetwork & { readonly host: string }> {
  const network = setupNetwork(options);
  const host = await network.app.listen({ host: '127.0.0.1', port: 0 });
  return { ...network, host };
}
