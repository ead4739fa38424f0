import { createPrivateKey, type JsonWebKey, webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SignIdentity } from '@dfinity/agent';
import { ECDSAKeyIdentity, Ed25519KeyIdentity } from '@dfinity/identity';
import { Secp256k1KeyIdentity } from '@dfinity/identity-secp256k1';

/** What only Node has: identities from files. */

/** The identity in a PEM file, as `identityFromPem`. */
export async function identityFromPemFile(path: string): Promise<SignIdentity> {
  return identityFromPem(await readFile(path, 'utf8'), path);
}

/**
 * The identity of a private key as dfx, icp and OpenSSL write it: Ed25519, secp256k1 or P-256, PKCS#8 or SEC1, not
 * encrypted. `name` is for the error of what is no such key.
 */
export async function identityFromPem(pem: string, name = 'the PEM text'): Promise<SignIdentity> {
  const key = readKey(pem, name);
  const secret = new Uint8Array(Buffer.from(key.d ?? '', 'base64url'));
  switch (key.crv) {
    case 'Ed25519':
      return Ed25519KeyIdentity.fromSecretKey(secret);
    case 'secp256k1':
      return Secp256k1KeyIdentity.fromSecretKey(secret);
    case 'P-256':
      return p256Identity(key);
    default:
      throw new TypeError(`${name} holds a key that is not Ed25519, secp256k1 or P-256`);
  }
}

function readKey(pem: string, name: string): JsonWebKey {
  // dfx writes the curve's name in a block of its own, before the key.
  const block = /-----BEGIN (?:EC )?PRIVATE KEY-----[\s\S]+?-----END (?:EC )?PRIVATE KEY-----/.exec(pem)?.[0];
  if (block === undefined || /ENCRYPTED/.test(pem)) {
    throw new TypeError(`${name} is no private key in PEM without a password`);
  }
  try {
    return createPrivateKey(withoutPublicKey(block)).export({ format: 'jwk' });
  } catch (cause) {
    throw new TypeError(`${name} is no private key in PEM without a password`, { cause });
  }
}

/** What stands before the secret of an Ed25519 key that has its public key behind it (PKCS#8 version 2, RFC 5958). */
const VERSION_2 = Buffer.from('3053020101300506032b657004220420', 'hex');
/** The same before one that has not (version 1). */
const VERSION_1 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SECRET_BYTES = 32;

/** OpenSSL does not read the form in which older versions of dfx write Ed25519 keys, so it is brought into the one before. */
function withoutPublicKey(pem: string): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  if (!der.subarray(0, VERSION_2.length).equals(VERSION_2)) return pem;
  const secret = der.subarray(VERSION_2.length, VERSION_2.length + SECRET_BYTES);
  const base64 = Buffer.concat([VERSION_1, secret]).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----\n`;
}

async function p256Identity(key: JsonWebKey): Promise<SignIdentity> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const { d: _secret, ...publicKey } = key;
  return ECDSAKeyIdentity.fromKeyPair({
    privateKey: await webcrypto.subtle.importKey('jwk', key, curve, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('jwk', publicKey, curve, true, ['verify']),
  });
}
