import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import { init } from '../../candid/agent_service.did.ts';

/** Whom the service is set up with; what is left out stays as it is, and a new one belongs to who installs it. */
export interface ServiceSetup {
  readonly owner?: Principal | undefined;
  readonly agents?: readonly Principal[] | undefined;
}

/** The argument of an installation or an upgrade, as Candid. */
export function encodeInitArgument({ owner, agents }: ServiceSetup): Uint8Array {
  const record = { owner: optional(owner), agents: optional(agents) };
  return new Uint8Array(IDL.encode(init({ IDL }), [[record]]));
}

function optional<T>(value: T | undefined): [] | [T] {
  return value === undefined ? [] : [value];
}
