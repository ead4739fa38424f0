import type { SignIdentity } from '@dfinity/agent';
import { concatBytes } from '../../../src/replica/codec/bytes.ts';
import { type Encodable, encodeCbor } from '../../../src/replica/codec/cbor.ts';
import { domainSeparator } from '../../../src/replica/codec/domain-separator.ts';
import { type Hashable, hashOfMap } from '../../../src/replica/codec/hash-of-map.ts';
import { canisterId } from './setup-network.ts';

/** The fields of a content or delegation map; an undefined one is omitted. */
export type Fields = Readonly<Record<string, Plain | undefined>>;
type Plain = bigint | string | Uint8Array | readonly Plain[];

/** An envelope as it is encoded. */
export type PlainEnvelope = Readonly<Record<string, Encodable | undefined>>;

/** ns since 1970, `seconds` from now. */
export const inSeconds = (seconds: number): bigint => BigInt(Date.now() + seconds * 1000) * 1_000_000n;

/** The request id of a content, or the hash of a delegation. */
export function hashOfFields(fields: Fields): Uint8Array {
  const present = new Map<string, Hashable>();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) present.set(name, value);
  return hashOfMap(present);
}

/** The content of a valid request of the identity, with the changes made to it. */
export function contentOf(identity: SignIdentity, type: string, changes: Fields = {}): Fields {
  const target =
    type === 'read_state'
      ? { paths: [] }
      : { canister_id: canisterId.toUint8Array(), method_name: 'echo', arg: Uint8Array.of(1) };
  return {
    request_type: type,
    sender: identity.getPrincipal().toUint8Array(),
    ingress_expiry: inSeconds(240),
    ...target,
    ...changes,
  };
}

const derOf = (identity: SignIdentity): Uint8Array => new Uint8Array(identity.getPublicKey().toDer());

/** A link of a delegation chain, signed by `from`. */
export async function link(
  from: SignIdentity,
  to: SignIdentity,
  changes: Fields = {},
): Promise<PlainEnvelope> {
  const delegation = { pubkey: derOf(to), expiration: inSeconds(600), ...changes };
  const signed = concatBytes(domainSeparator('ic-request-auth-delegation'), hashOfFields(delegation));
  return { delegation, signature: new Uint8Array(await from.sign(signed)) };
}

/** The envelope of a content: `sender` owns the key of the sender, `signer` the last delegated one. */
export async function signed(
  sender: SignIdentity,
  content: Fields,
  chain?: { readonly signer: SignIdentity; readonly links: readonly PlainEnvelope[] },
): Promise<PlainEnvelope> {
  const message = concatBytes(domainSeparator('ic-request'), hashOfFields(content));
  return {
    content,
    sender_pubkey: derOf(sender),
    sender_sig: new Uint8Array(await (chain?.signer ?? sender).sign(message)),
    // An Encodable may be a map of maps; the type of a link says no more than that.
    sender_delegation: chain?.links,
  };
}

/** The body of a valid, signed request with the changes made to its content. */
export async function requestBody(
  identity: SignIdentity,
  type: string,
  changes: Fields = {},
): Promise<Uint8Array> {
  return encodeCbor(await signed(identity, contentOf(identity, type, changes)));
}
