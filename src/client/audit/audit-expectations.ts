import { IC_ROOT_KEY } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';

/** Whose log or tip it has to be, by whose word, and how old it may be. */
export interface AuditExpectations {
  /** The service. A file says itself of which one it is, which proves nothing. */
  readonly canisterId: string | Principal;
  /** The network's public key, DER; the Internet Computer's unless told. */
  readonly rootKey?: Uint8Array | undefined;
  /** The greatest age of the certificate, ns; any unless told. */
  readonly maxAge?: bigint | undefined;
  /** The time, ns since 1970; that of this machine unless told. A certificate may be five minutes ahead of it. */
  readonly now?: bigint | undefined;
}

export interface ReadExpectations {
  readonly canisterId: Principal;
  readonly rootKey: Uint8Array;
  readonly maxAge: bigint | undefined;
  readonly now: bigint;
}

/** Fills in what was left out. Throws a TypeError where an expectation is missing or of a wrong type: JavaScript does not check that. */
export function readExpectations(expected: AuditExpectations): ReadExpectations {
  const given: Partial<Record<keyof AuditExpectations, unknown>> = { ...expected };
  const { canisterId, rootKey, maxAge, now } = given;
  if (rootKey !== undefined && !(rootKey instanceof Uint8Array)) {
    throw new TypeError("rootKey must be the network's public key in DER, as a Uint8Array");
  }
  for (const [name, value] of Object.entries({ maxAge, now })) {
    if (value !== undefined && (typeof value !== 'bigint' || value < 0n)) {
      throw new TypeError(`${name} must be a bigint of nanoseconds, not negative`);
    }
  }
  return {
    canisterId: principalOf(canisterId),
    rootKey: rootKey ?? icRootKey(),
    maxAge: expected.maxAge,
    now: expected.now ?? BigInt(Date.now()) * 1_000_000n,
  };
}

function principalOf(canisterId: unknown): Principal {
  if (canisterId === undefined || canisterId === null) {
    throw new TypeError('canisterId is missing: name the service whose log it has to be');
  }
  try {
    return Principal.from(canisterId);
  } catch (cause) {
    throw new TypeError('canisterId must be the id of the service', { cause });
  }
}

function icRootKey(): Uint8Array {
  return Uint8Array.from(IC_ROOT_KEY.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
