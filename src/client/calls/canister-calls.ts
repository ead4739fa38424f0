import { Actor, type ActorConfig, type ActorSubclass, type Identity } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import type { AgentError as WireError } from '../../candid/agent_service.did.ts';
import { refusalOf } from '../errors.ts';
import { NetworkAgent } from '../network/network-agent.ts';
import { DEFAULT_TIMEOUT_MS, pollsWithin, within } from '../network/time-limit.ts';
import type { SealingPolicy } from '../values/sealing-policy.ts';
import { checkTexts, exactInterface } from '../values/texts.ts';
import { callFailure } from './agent-errors.ts';
import { checkOptions } from './check-options.ts';

/** Where the service is, and who calls it. */
export interface AgentServiceOptions {
  /** URL of the network, such as `http://127.0.0.1:4943`; the Internet Computer itself unless told. */
  readonly host?: string | undefined;
  readonly canisterId: string | Principal;
  /** Who calls. The service answers nobody who is anonymous. */
  readonly identity: Identity;
  /** The network's public key, DER; the Internet Computer's unless told. */
  readonly rootKey?: Uint8Array | undefined;
  /**
   * The network is a local one for development: its public key is fetched from itself, which proves nothing about who
   * answers. Never set this for a network that others can reach.
   */
  readonly local?: boolean;
  /** Within which a call has its answer, in ms, up to a day; 60 s unless told. An update that has none then may still be executed. */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether secrets are sealed before they are sent, and opened when they are read: `auto` unless told. docs/explanation/sealed-secrets.md says what each policy
   * does.
   */
  readonly sealing?: SealingPolicy | undefined;
}

/** Calls of the canister's methods with values as @dfinity/candid takes and gives them. Whatever fails is thrown as an `AgentServiceError`. */
export interface ServiceCalls {
  readonly canisterId: Principal;
  /** Calls a method; resolves with its result, or with what `Ok` holds where the result can be an `Err`. */
  call(name: string, args: readonly unknown[]): Promise<unknown>;
}

interface NetworkPlace {
  readonly host: string;
  readonly rootKey: Uint8Array | undefined;
  readonly timeoutMs: number;
}

/** Where the Internet Computer answers. */
export const INTERNET_COMPUTER = 'https://icp-api.io';

/** The interface's methods by name. */
export const METHODS: ReadonlyMap<string, IDL.FuncClass> = new Map(exactInterface({ IDL })._fields);

/** The interface without queries: the network executes all of it as updates, and certifies the replies. */
const replicatedInterface: IDL.InterfaceFactory = ({ IDL: types }) =>
  types.Service(
    Object.fromEntries(
      exactInterface({ IDL: types })._fields.map(([name, { argTypes, retTypes }]) => [
        name,
        types.Func(argTypes, retTypes, []),
      ]),
    ),
  );

/** Verified calls of the canister's methods. */
export class CanisterCalls implements ServiceCalls {
  readonly canisterId: Principal;
  /** The network's public key, DER: the Internet Computer's, the one that was given, or a local network's own. */
  readonly rootKey: Uint8Array | undefined;
  readonly #actor: ActorSubclass;
  readonly #replicated: ActorSubclass;
  readonly #place: NetworkPlace;

  private constructor(canisterId: Principal, agent: NetworkAgent, place: NetworkPlace) {
    this.canisterId = canisterId;
    this.rootKey = place.rootKey;
    this.#place = place;
    const config: ActorConfig = {
      agent,
      canisterId,
      callTransform: () => ({ pollingOptions: { strategy: pollsWithin(place.timeoutMs) } }),
    };
    this.#actor = Actor.createActor(exactInterface, config);
    this.#replicated = Actor.createActor(replicatedInterface, config);
  }

  /**
   * Connects to the service. Rejects with an `InvalidArgumentError` for an option that is none, and with a `NetworkError` where a local
   * network's key cannot be fetched.
   */
  static async create(options: AgentServiceOptions): Promise<CanisterCalls> {
    checkOptions(options);
    const { host = INTERNET_COMPUTER, canisterId, identity, rootKey, local = false } = options;
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    const connected = NetworkAgent.connect(
      {
        host,
        identity,
        shouldFetchRootKey: local,
        verifyQuerySignatures: true,
        ...(rootKey === undefined ? {} : { rootKey }),
      },
      timeoutMs,
    );
    const agent = await within(connected, timeoutMs).catch((error: unknown) => {
      throw callFailure(error, { host, timeoutMs, isUpdate: false });
    });
    const place = { host, timeoutMs, rootKey: agent.rootKey ?? rootKey };
    return new CanisterCalls(Principal.from(canisterId), agent, place);
  }

  /**
   * Calls a method; resolves with its result, or with what `Ok` holds where the result can be an `Err`. Rejects with an
   * `InvalidArgumentError`, and sends nothing, where a text cannot be sent as it is.
   */
  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    return this.#send(this.#actor, name, args);
  }

  /** As `call`, of a query whose answer the whole network certifies, and not one machine alone: it is sent as an update, and takes as long. */
  async callReplicated(name: string, args: readonly unknown[]): Promise<unknown> {
    return this.#send(this.#replicated, name, args);
  }

  async #send(actor: ActorSubclass, name: string, args: readonly unknown[]): Promise<unknown> {
    const send = actor[name];
    const method = METHODS.get(name);
    if (send === undefined || method === undefined) {
      throw new TypeError(`the interface has no method ${name}`);
    }
    checkTexts(name, method, args);
    let result: unknown;
    try {
      result = await within(send(...args), this.#place.timeoutMs);
    } catch (error) {
      const isUpdate = !method.annotations.includes('query');
      throw callFailure(error, { ...this.#place, isUpdate, method: name });
    }
    return answerOf(method, result);
  }
}

/** What a method's result says when it does not refuse: itself, or what `Ok` holds. Throws the refusal. */
export function answerOf({ retTypes: [type] }: IDL.FuncClass, result: unknown): unknown {
  return okType(type) === undefined ? result : accepted(result);
}

/** The type of what a method answers when it does not refuse; undefined where it answers nothing. */
export function answerType({ retTypes: [type] }: IDL.FuncClass): IDL.Type | undefined {
  return okType(type) ?? type;
}

/** What `Ok` holds, or throws the refusal. */
function accepted(result: unknown): unknown {
  const { Ok, Err } = result as { Ok?: unknown; Err?: WireError };
  if (Err !== undefined) throw refusalOf(Err);
  return Ok;
}

/** The type of `Ok`, where the type is a result. */
function okType(type: IDL.Type | undefined): IDL.Type | undefined {
  if (type === undefined || !(type instanceof IDL.VariantClass)) return undefined;
  return type._fields.find(([name]) => name === 'Ok')?.[1];
}
