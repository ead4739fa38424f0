import { crc32 } from 'node:zlib';
import { concatBytes, toHex, utf8 } from '../codec/bytes.ts';
import { sha224 } from '../codec/sha256.ts';
import type { AccountKey } from '../state/ledger.ts';

/** Someone's account ("ICRC-1"): a principal, and a subaccount of 32 bytes, all zero unless told. */
export interface Account {
  readonly owner: Uint8Array;
  readonly subaccount?: Uint8Array | undefined;
}

const DEFAULT_SUBACCOUNT = new Uint8Array(32);
/** Its length comes first. */
const DOMAIN = utf8('\x0Aaccount-id');

/** How the cycles ledger tells accounts apart. */
export function cyclesAccount({ owner, subaccount = DEFAULT_SUBACCOUNT }: Account): AccountKey {
  return `${toHex(owner)}.${toHex(subaccount)}`;
}

/** How the ICP ledger does: by an account identifier, SHA-224 with its CRC-32 in front. */
export function icpAccount({ owner, subaccount = DEFAULT_SUBACCOUNT }: Account): AccountKey {
  const hash = sha224(concatBytes(DOMAIN, owner, subaccount));
  const checksum = new Uint8Array(4);
  new DataView(checksum.buffer).setUint32(0, crc32(hash));
  return toHex(concatBytes(checksum, hash));
}
