import type { Identity } from '@dfinity/agent';
import { CanisterCalls } from '../../client/canister-calls.ts';
import { identityFromPem } from '../../client/node.ts';
import type { StoredKey } from '../keys/key-store.ts';
import { type Caller, createCaller } from './caller.ts';

/** Where the service is. */
export interface ServicePlace {
  /** URL of the network; the Internet Computer itself unless told. */
  readonly host?: string | undefined;
  readonly canisterId: string;
  /** The network's public key, DER; the Internet Computer's unless told. */
  readonly rootKey?: Uint8Array | undefined;
  /** How long the network may take for an answer, in ms; 60 s unless told. */
  readonly timeoutMs?: number | undefined;
}

/** The callers behind API keys. Each is made once: what an agent knows of the network's nodes is kept with it. */
export class Callers {
  readonly #place: ServicePlace;
  readonly #callers = new Map<string, Promise<Caller>>();

  constructor(place: ServicePlace) {
    this.#place = place;
  }

  of({ id, pem }: StoredKey): Promise<Caller> {
    const known = this.#callers.get(id);
    if (known !== undefined) return known;
    const made = identityFromPem(pem).then((identity) => callerOf(this.#place, identity));
    this.#callers.set(id, made);
    made.catch(() => this.#callers.delete(id));
    return made;
  }
}

/** The caller that signs as the identity. */
export async function callerOf(place: ServicePlace, identity: Identity): Promise<Caller> {
  const calls = await CanisterCalls.create({ ...place, identity });
  return createCaller(identity.getPrincipal().toText(), calls);
}
