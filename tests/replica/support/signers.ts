import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type PublicKey, SignIdentity } from '@dfinity/agent';
import { encode } from 'cbor2';
import { encodableHashTree, type HashTree } from '../../../src/replica/certification/hash-tree.ts';
import { LabeledMap, Leaf } from '../../../src/replica/certification/labeled-map.ts';
import { type Path, witness } from '../../../src/replica/certification/witness.ts';
import { concatBytes, fromHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { type Encodable, encodeCbor } from '../../../src/replica/codec/cbor.ts';
import { sha256 } from '../../../src/replica/codec/sha256.ts';

/** An identity of a key that is written as DER, and of a way to sign. */
export class Signer extends SignIdentity {
  readonly #der: Uint8Array;
  readonly #sign: (message: Uint8Array) => Promise<Uint8Array>;

  constructor(der: Uint8Array, signMessage: (message: Uint8Array) => Promise<Uint8Array>) {
    super();
    this.#der = der;
    this.#sign = signMessage;
  }

  getPublicKey(): PublicKey {
    // A copy each time, as the type of the library has its mark on the bytes.
    return { toDer: () => this.#der.slice() };
  }

  async sign(message: Uint8Array): ReturnType<SignIdentity['sign']> {
    return (await this.#sign(message)) as Awaited<ReturnType<SignIdentity['sign']>>;
  }
}

/** DER of a key of a scheme of the Internet Computer: `1` for COSE, `2` for canister signatures. */
export function wrapKey(scheme: 1 | 2, content: Uint8Array): Uint8Array {
  const algorithm = fromHex(`300c060a2b0601040183b843010${scheme}`);
  const bits = concatBytes(Uint8Array.of(0x03), derLength(content.length + 1), Uint8Array.of(0), content);
  return concatBytes(Uint8Array.of(0x30), derLength(algorithm.length + bits.length), algorithm, bits);
}

function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff);
}

/** The algorithms of authenticators. */
export type WebAuthnAlgorithm = 'ES256' | 'RS256' | 'EdDSA';

/** What an authenticator answers to a challenge, with the changes that a test makes to it. */
export type AssertionChange = (
  fields: Readonly<Record<string, Encodable>>,
  message: Uint8Array,
) => Readonly<Record<string, Encodable | undefined>>;

/** The COSE encoding of a public key, with the changes made to it. */
export function coseOf(key: KeyObject, changes: readonly (readonly [number, unknown])[] = []): Uint8Array {
  const { kty, x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' });
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
  const fields: Record<string, readonly (readonly [number, unknown])[]> = {
    EC: [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ],
    RSA: [
      [1, 3],
      [3, -257],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ],
    OKP: [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, bytes(x)],
    ],
  };
  return encode(new Map([...(fields[kty ?? ''] ?? []), ...changes]));
}

/** A new key pair of an authenticator. */
export function webAuthnKeys(algorithm: WebAuthnAlgorithm, rsaBits = 2048) {
  switch (algorithm) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: rsaBits });
    case 'EdDSA':
      return generateKeyPairSync('ed25519');
  }
}

/** The identity of an authenticator in software. */
export function webAuthnSigner(
  algorithm: WebAuthnAlgorithm,
  change: AssertionChange = (fields) => fields,
): SignIdentity {
  const { publicKey, privateKey } = webAuthnKeys(algorithm);
  return new Signer(wrapKey(1, coseOf(publicKey)), async (message) => {
    const challenge = Buffer.from(message).toString('base64url');
    const json = JSON.stringify({ type: 'webauthn.get', challenge, origin: 'http://localhost' });
    const authenticatorData = concatBytes(sha256(utf8('localhost')), fromHex('0500000001'));
    const signed = concatBytes(authenticatorData, sha256(utf8(json)));
    const fields = {
      authenticator_data: authenticatorData,
      client_data_json: json,
      signature: new Uint8Array(sign(algorithm === 'EdDSA' ? null : 'sha256', signed, privateKey)),
    };
    return encodeCbor(change(fields, message));
  });
}

/** What a test makes of a signature of a canister. */
export interface CanisterSignatureChange {
  /** The tree in which the message is signed. */
  readonly tree?: (seed: Uint8Array, message: Uint8Array) => LabeledMap;
  readonly fields?: (fields: {
    readonly certificate: Uint8Array;
    readonly tree: Encodable;
  }) => Readonly<Record<string, Encodable | undefined>>;
}

/** The tree of canister signatures with one message. */
export function signatureTree(
  seed: Uint8Array,
  message: Uint8Array,
  value: Uint8Array = new Uint8Array(),
): LabeledMap {
  return LabeledMap.of([
    utf8('sig'),
    LabeledMap.of([sha256(seed), LabeledMap.of([sha256(message), new Leaf(value)])]),
  ]);
}

/** The DER of the key that a canister has for a seed. */
export function canisterKey(canisterId: Uint8Array, seed: Uint8Array): Uint8Array {
  return wrapKey(2, concatBytes(Uint8Array.of(canisterId.length), canisterId, seed));
}

/**
 * The identity that a canister keeps for a seed, as Internet Identity does: `certify` makes the hash its certified data, and gives a
 * certificate of that.
 */
export function canisterSigner(
  canisterId: Uint8Array,
  seed: Uint8Array,
  certify: (hash: Uint8Array) => Promise<Uint8Array>,
  { tree: treeOf = signatureTree, fields: change = (fields) => fields }: CanisterSignatureChange = {},
): SignIdentity {
  return new Signer(canisterKey(canisterId, seed), async (message) => {
    const tree = treeOf(seed, message);
    const certificate = await certify(tree.hash);
    const path: Path = [utf8('sig'), sha256(seed), sha256(message)];
    const shown: HashTree = witness(tree, [path]);
    return encodeCbor(change({ certificate, tree: encodableHashTree(shown) }));
  });
}
