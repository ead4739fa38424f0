import { Principal } from '@dfinity/principal';
import { onTestFinished } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import type { ExecutionReport } from '../../../src/replica/execution/world.ts';
import type { IngressMessage } from '../../../src/replica/messages/message.ts';
import type { Outcome, Reject } from '../../../src/replica/messages/outcome.ts';
import { Network, type NetworkOptions } from '../../../src/replica/network.ts';
import type { Canister } from '../../../src/replica/state/canister.ts';
import { decodeReply, encodeArgument, type ManagementMethodName } from './management-types.ts';
import { expectReply } from './outcomes.ts';

/** Controls the canisters of every test network. */
export const owner = utf8('owner');
/** Controls nothing. */
export const stranger = utf8('stranger');
/** When every test network begins, in ns since 1970. */
export const START = 1_700_000_000_000_000_000n;
export const SECOND = 1_000_000_000n;

const MANAGEMENT_CANISTER = new Uint8Array();

type Mode = 'install' | 'reinstall' | 'upgrade';

/** What a caller asks of an upgrade, as Candid has it. */
interface UpgradeOptions {
  readonly skip_pre_upgrade?: boolean;
  readonly wasm_memory_persistence?: { readonly keep: null } | { readonly replace: null };
}

/** How code is installed. */
export interface InstallOptions {
  readonly mode?: Mode;
  readonly upgrade?: UpgradeOptions;
  readonly arg?: Uint8Array;
  readonly sender?: Uint8Array;
}

/** Counted over all networks, as one can go on with the requests of another. */
let requests = 0;

/** A network that is driven directly, with raw bytes; its time stands still until it is advanced. */
export class TestNetwork {
  readonly network: Network;
  /** What was executed, in order. */
  readonly reports: ExecutionReport[];

  constructor(network: Network, reports: ExecutionReport[]) {
    this.network = network;
    this.reports = reports;
  }

  /** An ingress message with a request id of its own. */
  message(
    canisterId: Uint8Array,
    methodName: string,
    arg: Uint8Array = new Uint8Array(),
    sender: Uint8Array = owner,
  ): IngressMessage {
    requests += 1;
    return {
      sender,
      canisterId,
      methodName,
      arg,
      requestId: utf8(`request ${requests}`),
      ingressExpiry: this.network.now() + 240n * SECOND,
      effectiveCanisterId: canisterId,
    };
  }

  /** Makes a call and gives its outcome; that of a message which is refused is its reject. */
  async call(
    canisterId: Uint8Array,
    methodName: string,
    arg?: Uint8Array,
    sender?: Uint8Array,
  ): Promise<Outcome> {
    return this.run(this.message(canisterId, methodName, arg, sender));
  }

  async run(message: IngressMessage): Promise<Outcome> {
    const reject = await this.network.subnet.submit(message);
    return reject === undefined
      ? this.network.subnet.outcome(message.requestId)
      : { kind: 'rejected', reject };
  }

  /** Submits a call without waiting for it. */
  async submit(message: IngressMessage): Promise<Reject | undefined> {
    return this.network.subnet.submit(message);
  }

  async query(
    canisterId: Uint8Array,
    methodName: string,
    arg: Uint8Array = new Uint8Array(),
    sender: Uint8Array = owner,
  ): Promise<Outcome> {
    return this.network.subnet.query({ sender, canisterId, methodName, arg });
  }

  /** Calls the management canister. */
  async manage(method: ManagementMethodName, value: object, sender?: Uint8Array): Promise<Outcome> {
    return this.call(MANAGEMENT_CANISTER, method, encodeArgument(method, value), sender);
  }

  async queryManagement(method: ManagementMethodName, value: object, sender?: Uint8Array): Promise<Outcome> {
    return this.query(MANAGEMENT_CANISTER, method, encodeArgument(method, value), sender);
  }

  /** Creates a canister that the owner controls, and gives its id. */
  async create(options: { readonly amount?: bigint; readonly settings?: object } = {}): Promise<Uint8Array> {
    const outcome = await this.manage('provisional_create_canister_with_cycles', options);
    const { canister_id } = decodeReply<{ canister_id: Principal }>(
      'provisional_create_canister_with_cycles',
      expectReply(outcome),
    );
    return canister_id.toUint8Array();
  }

  async installCode(
    canisterId: Uint8Array,
    module: Uint8Array,
    options: InstallOptions = {},
  ): Promise<Outcome> {
    const { mode = 'install', upgrade, arg = new Uint8Array(), sender } = options;
    const value = {
      canister_id: Principal.fromUint8Array(canisterId),
      mode: { [mode]: mode === 'upgrade' ? upgrade : null },
      wasm_module: module,
      arg,
    };
    return this.manage('install_code', value, sender);
  }

  /** Creates a canister with the given code. */
  async install(module: Uint8Array, options: { readonly amount?: bigint } = {}): Promise<Uint8Array> {
    const id = await this.create(options);
    expectReply(await this.installCode(id, module));
    return id;
  }

  /** What the network holds of a canister. */
  canister(id: Uint8Array): Canister {
    const canister = this.network.subnet.canisters.get(id);
    if (canister === undefined) throw new Error('there is no such canister');
    return canister;
  }
}

/** Opens a network that is closed when the test ends. */
export async function setupNetwork(options: NetworkOptions = {}): Promise<TestNetwork> {
  const reports: ExecutionReport[] = [];
  const network = await Network.open({
    manualTime: START,
    onExecuted: (report) => reports.push(report),
    ...options,
  });
  onTestFinished(() => network.close());
  return new TestNetwork(network, reports);
}
