import { Principal } from '@dfinity/principal';
import { InvalidArgumentError } from '../errors.ts';
import { SEALING_POLICIES } from '../values/sealing-policy.ts';
import { shown } from '../values/shown.ts';

/** What precedes the 96 bytes of a network's key in DER. */
const KEY_PREFIX = '308182301d060d2b0601040182dc7c0503010201060c2b0601040182dc7c05030201036100';
const KEY_BYTES = 133;
const MAX_TIMEOUT_MS = 24 * 60 * 60 * 1000;

/** Each option of the client: what is wrong with its value, in words; undefined where it is right. */
const CHECKS: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  host: (value) =>
    value === undefined || isUrl(value)
      ? undefined
      : 'must be an http or https URL, such as https://icp-api.io',
  canisterId: (value) =>
    isPrincipal(value)
      ? undefined
      : `must be a canister id, such as rrkah-fqaaa-aaaaa-aaaaq-cai${shown(value)}`,
  identity: (value) =>
    typeof value === 'object' && value !== null && 'getPrincipal' in value && 'transformRequest' in value
      ? undefined
      : 'must be an Identity of @dfinity/agent; identityFromPemFile(path) reads one from a file',
  rootKey: (value) =>
    value === undefined || isRootKey(value)
      ? undefined
      : `must be a Uint8Array of the ${KEY_BYTES} bytes of a BLS key in DER; of hexadecimal: new Uint8Array(Buffer.from(hex, 'hex'))`,
  timeoutMs: (value) =>
    value === undefined || (typeof value === 'number' && value >= 1 && value <= MAX_TIMEOUT_MS)
      ? undefined
      : `must be a number of ms from 1 to ${MAX_TIMEOUT_MS}${shown(value)}`,
  sealing: (value) =>
    value === undefined || SEALING_POLICIES.some((policy) => policy === value)
      ? undefined
      : `must be one of ${SEALING_POLICIES.join(', ')}${shown(value)}`,
  local: (value) => (value === undefined || typeof value === 'boolean' ? undefined : 'must be true or false'),
};

/** Throws an `InvalidArgumentError` that names the option of the client which is none, or whose value is wrong. */
export function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidArgumentError('options', `must be an object with ${Object.keys(CHECKS).join(', ')}`);
  }
  const given = new Map<string, unknown>(Object.entries(options));
  for (const name of given.keys()) {
    if (Object.hasOwn(CHECKS, name)) continue;
    throw new InvalidArgumentError(
      name,
      `is no option of the client; these are: ${Object.keys(CHECKS).join(', ')}`,
    );
  }
  for (const [name, check] of Object.entries(CHECKS)) {
    const wrong = check(given.get(name));
    if (wrong !== undefined) throw new InvalidArgumentError(name, wrong);
  }
}

function isUrl(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    return /^https?:$/.test(new URL(value).protocol);
  } catch {
    return false;
  }
}

function isPrincipal(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return '_isPrincipal' in value;
  if (typeof value !== 'string') return false;
  try {
    Principal.fromText(value);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is a network's public key in DER, by its length and its prefix. */
export function isRootKey(value: unknown): value is Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== KEY_BYTES) return false;
  const prefix = value.subarray(0, KEY_PREFIX.length / 2);
  return Array.from(prefix, (byte) => byte.toString(16).padStart(2, '0')).join('') === KEY_PREFIX;
}
