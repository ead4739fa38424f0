import { ByteWriter } from '../../codec/index.ts';
import type { Mask } from './rights.ts';

/** What an agent holds by its registration, or by the grant of a user. Times are nanoseconds. */
export interface Terms {
  readonly agentTypes: Mask;
  readonly permissions: Mask;
  readonly expiresAt: bigint | undefined;
  /** When it was registered or granted. */
  readonly since: bigint;
}

const AT = { permissions: 1, agentTypes: 2, detail: 4, expiresAt: 8, since: 16 } as const;
export const TERMS_LENGTH = 24;

/** An expiry that never comes. */
const NEVER = 0n;

/**
 * Header (little-endian): version u8, permissions u8, agent types u16, detail u8, three bytes free, expires_at u64 (0: never), since u64.
 * The detail is an agent's scope.
 */
export function writeTerms(version: number, terms: Terms, detail = 0): ByteWriter {
  return new ByteWriter()
    .u8(version)
    .u8(terms.permissions)
    .u8(terms.agentTypes & 0xff)
    .u8(terms.agentTypes >> 8)
    .u32(detail)
    .u64(terms.expiresAt ?? NEVER)
    .u64(terms.since);
}

/** A stored header, read in place: every call of an agent asks for some of it. */
export class StoredTerms implements Terms {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, TERMS_LENGTH);
  }

  get permissions(): Mask {
    return this.#bytes[AT.permissions] ?? 0;
  }

  get agentTypes(): Mask {
    return this.#view.getUint16(AT.agentTypes, true);
  }

  get detail(): number {
    return this.#bytes[AT.detail] ?? 0;
  }

  get expiresAt(): bigint | undefined {
    const expiresAt = this.#view.getBigUint64(AT.expiresAt, true);
    return expiresAt === NEVER ? undefined : expiresAt;
  }

  get since(): bigint {
    return this.#view.getBigUint64(AT.since, true);
  }
}

export function isExpired({ expiresAt }: Terms, now: bigint): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}
