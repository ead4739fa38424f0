/** What tests of canisters in TypeScript use: a network in memory. */
export { Principal } from '@dfinity/principal';

export type { NetworkSnapshot } from './network.ts';
export { CallRejected } from './testing/call-rejected.ts';
export type { CanisterActor } from './testing/canister-actor.ts';
export {
  type CreateOptions,
  type InstallOptions,
  MemoryNetwork,
  type MemoryNetworkOptions,
  type MessageOptions,
  type Sender,
} from './testing/memory-network.ts';
