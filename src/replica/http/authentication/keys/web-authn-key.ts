import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { concatBytes, utf8 } from '../../../codec/bytes.ts';
import {
  CborError,
  type CborMap,
  type CborValue,
  decodeCbor,
  decodeIntegerMap,
  fieldsOf,
  isSelfDescribed,
} from '../../../codec/cbor.ts';
import { sha256 } from '../../../codec/sha256.ts';
import { Refusal } from '../../refusal.ts';
import type { PublicKey } from './public-key.ts';

/** Labels of COSE keys (RFC 9052, section 7.1; RFC 9053, section 7; RFC 8230, section 4). */
const KTY = 1n;
const ALG = 3n;
const [FIRST, SECOND, THIRD] = [-1n, -2n, -3n];

/** Whether the signature is one of what was signed. */
type Scheme = (signed: Uint8Array, signature: Uint8Array) => boolean;

type CoseKey = ReadonlyMap<bigint, CborValue>;

const COORDINATE_BYTES = 32;
/** As the public network's replica bounds them: 2,048 to 8,192 bits. */
const LEAST_MODULUS_BYTES = 256;
const MOST_MODULUS_BYTES = 1024;
const MOST_EXPONENT_BYTES = 8;

/** A key of an authenticator ("Web Authentication"): ES256, RS256 or EdDSA on Ed25519, out of its COSE encoding. */
export function parseWebAuthnKey(cose: Uint8Array): PublicKey {
  const isSigned = schemeOf(readCose(cose));
  return {
    verifies(message, signature) {
      const { authenticatorData, clientDataJson, proof } = readAssertion(signature);
      if (challengeOf(clientDataJson) !== Buffer.from(message).toString('base64url')) {
        throw refused('the challenge in client_data_json is not the message');
      }
      return isSigned(concatBytes(authenticatorData, sha256(clientDataJson)), proof);
    },
  };
}

function readCose(cose: Uint8Array): CoseKey {
  try {
    return decodeIntegerMap(cose);
  } catch (cause) {
    if (!(cause instanceof CborError)) throw cause;
    throw new Refusal('authentication', `The public key is not a COSE key: ${cause.message}`, { cause });
  }
}

/** By key type and algorithm; the curve is the one that the specification allows with them. */
function schemeOf(cose: CoseKey): Scheme {
  const type = cose.get(KTY);
  const algorithm = cose.get(ALG);
  if (type === 2n && algorithm === -7n) return es256(cose);
  if (type === 3n && algorithm === -257n) return rs256(cose);
  if (type === 1n && algorithm === -8n) return edDsa(cose);
  throw new Refusal(
    'authentication',
    'Unsupported WebAuthn key: this network takes ES256 on P-256, RS256, and EdDSA on Ed25519',
  );
}

function es256(cose: CoseKey): Scheme {
  requireCurve(cose, 1n);
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(cose, SECOND), y: coordinate(cose, THIRD) };
  const key = importKey(jwk, 'ECDSA on P-256');
  return (signed, signature) => verify('sha256', signed, key, signature);
}

function rs256(cose: CoseKey): Scheme {
  const modulus = blob(cose, FIRST);
  const exponent = blob(cose, SECOND);
  const fits =
    modulus.length >= LEAST_MODULUS_BYTES &&
    modulus.length <= MOST_MODULUS_BYTES &&
    exponent.length <= MOST_EXPONENT_BYTES;
  if (!fits) throw new Refusal('authentication', 'An RSA key has 2,048 to 8,192 bits');
  const key = importKey({ kty: 'RSA', n: base64Url(modulus), e: base64Url(exponent) }, 'RSA');
  return (signed, signature) => verify('sha256', signed, key, signature);
}

function edDsa(cose: CoseKey): Scheme {
  requireCurve(cose, 6n);
  const key = importKey({ kty: 'OKP', crv: 'Ed25519', x: coordinate(cose, SECOND) }, 'Ed25519');
  return (signed, signature) => verify(null, signed, key, signature);
}

function requireCurve(cose: CoseKey, curve: bigint): void {
  if (cose.get(FIRST) === curve) return;
  throw new Refusal('authentication', 'The COSE key is on another curve than its algorithm takes');
}

function coordinate(cose: CoseKey, label: bigint): string {
  const bytes = blob(cose, label);
  if (bytes.length === COORDINATE_BYTES) return base64Url(bytes);
  throw new Refusal(
    'authentication',
    `The COSE key's field ${label} does not have ${COORDINATE_BYTES} bytes`,
  );
}

function blob(cose: CoseKey, label: bigint): Uint8Array {
  const value = cose.get(label);
  if (value instanceof Uint8Array) return value;
  throw new Refusal('authentication', `The COSE key's field ${label} is not a byte string`);
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function importKey(key: JsonWebKey, scheme: string): KeyObject {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch (cause) {
    throw new Refusal('authentication', `The public key is not a valid key of ${scheme}`, { cause });
  }
}

interface Assertion {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJson: Uint8Array;
  readonly proof: Uint8Array;
}

function readAssertion(signature: Uint8Array): Assertion {
  const map = readMap(signature);
  const authenticatorData = map.get('authenticator_data');
  const proof = map.get('signature');
  const json = map.get('client_data_json');
  // A text by the specification; agents of before wrote the bytes of it, which the public network takes too.
  const clientDataJson = typeof json === 'string' ? utf8(json) : json;
  if (!(authenticatorData instanceof Uint8Array)) throw refused('authenticator_data is not a byte string');
  if (!(clientDataJson instanceof Uint8Array)) throw refused('client_data_json is not a text');
  if (!(proof instanceof Uint8Array)) throw refused('signature is not a byte string');
  return { authenticatorData, clientDataJson, proof };
}

function readMap(signature: Uint8Array): CborMap {
  if (!isSelfDescribed(signature)) throw refused('it does not begin with the CBOR tag 55799');
  try {
    const map = fieldsOf(decodeCbor(signature));
    if (map !== undefined) return map;
  } catch (cause) {
    if (!(cause instanceof CborError)) throw cause;
    throw refused(cause.message);
  }
  throw refused('it is not a CBOR map');
}

function challengeOf(clientDataJson: Uint8Array): unknown {
  try {
    const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(clientDataJson));
    if (typeof data === 'object' && data !== null && 'challenge' in data) return data.challenge;
  } catch {
    throw refused('client_data_json is not JSON');
  }
  throw refused('client_data_json has no challenge');
}

function refused(reason: string): Refusal {
  return new Refusal('authentication', `Invalid WebAuthn signature: ${reason}`);
}
