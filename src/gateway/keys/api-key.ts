import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const KEY = /^ask_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A key as programs send it, in its parts. */
export interface ApiKey {
  /** Names the key; no secret. */
  readonly id: string;
  /** 256 random bits in base64url. */
  readonly secret: string;
}

/** A key that nobody has yet. */
export function newApiKey(): ApiKey {
  return {
    id: randomBytes(ID_BYTES).toString('hex'),
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
}

/** The text that programs send. */
export function encodeApiKey({ id, secret }: ApiKey): string {
  return `ask_${id}_${secret}`;
}

/** The parts of a text; undefined where it is no key. */
export function decodeApiKey(text: string): ApiKey | undefined {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/**
 * What is kept of a key's secret, in hex. One round of SHA-256 is enough for 256 random bits, which nobody can guess one by one;
 * slow hashes are for passwords, which people choose.
 */
export function hashSecret({ secret }: ApiKey): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether the key is the one whose hash was kept. Takes as long for any wrong key. */
export function hasHash(key: ApiKey, hash: string): boolean {
  const [given, kept] = [Buffer.from(hashSecret(key), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
