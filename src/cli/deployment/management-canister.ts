import { createHash } from 'node:crypto';
import type { ActorSubclass, HttpAgent } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import {
  type InstallMode,
  type ManagementService,
  managementIdl,
  type SnapshotRecord,
} from './management-idl.ts';
import { createToldActor } from './told-actor.ts';

/** The largest module that is sent in one message: the network takes 2 MiB, with the argument and all else. */
const INLINE_BYTES = 1_900_000;
const CHUNK_BYTES = 1024 * 1024;

/** An id of the first subnet of networks for tests that do not tell of one. */
export const FIRST_SUBNET = Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai');

/** A snapshot: the canister's module, heap and stable memory at one moment. */
export interface Snapshot {
  /** In hex. */
  readonly id: string;
  /** ns since 1970. */
  readonly takenAt: bigint;
  readonly bytes: bigint;
}

/** The calls of the management canister that deployments and snapshots make. Rejects as the client does. */
export class ManagementCanister {
  readonly #agent: HttpAgent;

  constructor(agent: HttpAgent) {
    this.#agent = agent;
  }

  /** Creates a canister for nothing, on a network for tests. `near` is any id of the subnet that it is to be on. */
  async createProvisionally(near: Principal): Promise<Principal> {
    const created = await this.#actor(near).provisional_create_canister_with_cycles({
      amount: [],
      settings: [],
    });
    return created.canister_id;
  }

  /** SHA-256 of the installed module in hex, undefined for a canister without one; and whether the canister takes calls. */
  async status(
    canisterId: Principal,
  ): Promise<{ readonly moduleHash: string | undefined; readonly isRunning: boolean }> {
    const answer = await this.#actor(canisterId).canister_status({ canister_id: canisterId });
    const [hash] = answer.module_hash;
    const moduleHash = hash === undefined ? undefined : Buffer.from(hash).toString('hex');
    return { moduleHash, isRunning: 'running' in answer.status };
  }

  /** Lets a stopped canister take calls again. */
  async start(canisterId: Principal): Promise<void> {
    await this.#actor(canisterId).start_canister({ canister_id: canisterId });
  }

  /** Lets nobody but controllers read what the canister logs. */
  async hideLogs(canisterId: Principal): Promise<void> {
    await this.#actor(canisterId).update_settings({
      canister_id: canisterId,
      settings: { log_visibility: [{ controllers: null }] },
    });
  }

  /** Does something while the canister has no call under way: an answer that comes after an upgrade would find another code. */
  async whileStopped<T>(canisterId: Principal, work: () => Promise<T>): Promise<T> {
    const actor = this.#actor(canisterId);
    await actor.stop_canister({ canister_id: canisterId });
    try {
      return await work();
    } finally {
      await this.start(canisterId);
    }
  }

  async listSnapshots(canisterId: Principal): Promise<readonly Snapshot[]> {
    const snapshots = await this.#actor(canisterId).list_canister_snapshots({ canister_id: canisterId });
    return snapshots.map(snapshotOf);
  }

  /** Takes a snapshot of a canister, which takes the place of `replaced` if that is given. */
  async takeSnapshot(canisterId: Principal, replaced?: string): Promise<Snapshot> {
    const taken = await this.#actor(canisterId).take_canister_snapshot({
      canister_id: canisterId,
      replace_snapshot: replaced === undefined ? [] : [fromHex(replaced)],
    });
    return snapshotOf(taken);
  }

  /** Brings a canister back to a snapshot, its module included. */
  async loadSnapshot(canisterId: Principal, id: string): Promise<void> {
    await this.#actor(canisterId).load_canister_snapshot({
      canister_id: canisterId,
      snapshot_id: fromHex(id),
    });
  }

  async deleteSnapshot(canisterId: Principal, id: string): Promise<void> {
    await this.#actor(canisterId).delete_canister_snapshot({
      canister_id: canisterId,
      snapshot_id: fromHex(id),
    });
  }

  /** Installs or upgrades a module, in parts where it is too large for one message. */
  async install(
    canisterId: Principal,
    mode: InstallMode,
    { module, arg }: { readonly module: Uint8Array; readonly arg: Uint8Array },
  ): Promise<void> {
    const actor = this.#actor(canisterId);
    if (module.length + arg.length <= INLINE_BYTES) {
      await actor.install_code({ mode, canister_id: canisterId, wasm_module: module, arg });
      return;
    }
    await actor.clear_chunk_store({ canister_id: canisterId });
    const chunks: { hash: Uint8Array }[] = [];
    for (let start = 0; start < module.length; start += CHUNK_BYTES) {
      const chunk = module.slice(start, start + CHUNK_BYTES);
      chunks.push(await actor.upload_chunk({ canister_id: canisterId, chunk }));
    }
    await actor.install_chunked_code({
      mode,
      target_canister: canisterId,
      store_canister: [],
      chunk_hashes_list: chunks,
      wasm_module_hash: new Uint8Array(createHash('sha256').update(module).digest()),
      arg,
    });
    await actor.clear_chunk_store({ canister_id: canisterId });
  }

  /** Calls go to the subnet of the canister that they are about. */
  #actor(effectiveCanisterId: Principal): ActorSubclass<ManagementService> {
    return createToldActor<ManagementService>(managementIdl, {
      agent: this.#agent,
      canisterId: Principal.managementCanister(),
      effectiveCanisterId,
    });
  }
}

function snapshotOf({ id, taken_at_timestamp, total_size }: SnapshotRecord): Snapshot {
  return { id: Buffer.from(id).toString('hex'), takenAt: taken_at_timestamp, bytes: total_size };
}

function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
