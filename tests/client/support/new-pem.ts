import { generateKeyPairSync } from 'node:crypto';

/** A private key that nobody has yet. */
export function newPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
