import { IC_ROOT_KEY } from '@dfinity/agent';
import { MasterPublicKey } from '@dfinity/vetkeys';

/**
 * The public key by the name `key_1` on local networks, in hex: that of the Internet Computer's test utilities, which PocketIC and the embedded network have, too. Its
 * secret is public, as whatever a network for development keeps.
 */
const LOCAL_MASTER_KEY =
  '8c800b5cff00463d26e8167369168827f1e48f4d8d60f71dd6a295580f65275b5f5f8e6a792c876b2c72492136530d07' +
  '10a27522ee63977a76216c3cef9e70bfcb45b88736fc62142e7e0737848ce06cbb1f45a4a6a349b142ae5cf7853561e0';

/** The network's master key of the name `key_1`, by the root key (DER) that its answers are verified with; the Internet Computer's where that is absent. */
export function masterKeyOf(rootKey: Uint8Array | undefined): MasterPublicKey {
  if (rootKey === undefined || hex(rootKey) === IC_ROOT_KEY) return MasterPublicKey.productionKey();
  return MasterPublicKey.deserialize(bytesOf(LOCAL_MASTER_KEY));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
