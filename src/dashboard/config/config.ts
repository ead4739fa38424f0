import { isLoopback } from '../../client/network/loopback.ts';

/** Who a developer can be on the embedded network. */
export interface DevelopmentIdentity {
  readonly name: string;
  readonly role: 'user' | 'agent' | 'admin';
  /** 32 bytes that an Ed25519 key is made of. */
  readonly seed: Uint8Array;
}

/** Where the service is and how people sign in: what stands in `/config.json` beside the page. */
export interface DashboardConfig {
  readonly host: string;
  readonly canisterId: string;
  /** Of an embedded network, DER; the Internet Computer's own is known to the client. */
  readonly rootKey: Uint8Array | undefined;
  readonly identityProvider: string;
  readonly developmentIdentities: readonly DevelopmentIdentity[];
}

const INTERNET_COMPUTER = 'https://icp-api.io';
const INTERNET_IDENTITY = 'https://identity.internetcomputer.org';
const SEED_BYTES = 32;

/** Reads the configuration of the page from `pageHost`. Throws a sentence where it is missing or not usable. */
export async function loadConfig(pageHost: string): Promise<DashboardConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`config.json cannot be read: the server answers ${response.status}`);
  return readConfig(await response.json(), pageHost);
}

/**
 * The configuration in a JSON value. Throws where a field is missing or has a wrong type, where it names a root key for a network that is neither on this
 * machine nor on the one that the page is from, and where it names identities whose keys everybody knows for a network that is not on this machine.
 */
export function readConfig(json: unknown, pageHost: string): DashboardConfig {
  if (!isRecord(json)) throw new TypeError('config.json is not an object');
  const host = optionalUrl(json, 'network_url') ?? INTERNET_COMPUTER;
  const { hostname } = new URL(host);
  const isEmbedded = isLoopback(hostname);
  const identities = readIdentities(json['development_identities'] ?? []);
  if (json['root_key'] !== undefined && !isEmbedded && hostname !== pageHost) {
    throw new TypeError(`config.json: root_key is for networks on this machine, not for ${host}`);
  }
  if (identities.length > 0 && !isEmbedded) {
    throw new TypeError(
      `config.json: development_identities is for networks on this machine, not for ${host}`,
    );
  }
  const rootKey = optionalText(json, 'root_key');
  return {
    host,
    canisterId: text(json, 'canister_id'),
    rootKey: rootKey === undefined ? undefined : fromHex(rootKey, 'root_key'),
    identityProvider: optionalUrl(json, 'identity_provider') ?? INTERNET_IDENTITY,
    developmentIdentities: identities,
  };
}

function readIdentities(value: unknown): readonly DevelopmentIdentity[] {
  if (!Array.isArray(value)) throw new TypeError('config.json: development_identities is not a list');
  return value.map((item: unknown) => {
    if (!isRecord(item))
      throw new TypeError('config.json: development_identities has something that is not an object');
    const seed = fromHex(text(item, 'seed'), 'seed');
    if (seed.length !== SEED_BYTES) throw new TypeError(`config.json: seed is not ${SEED_BYTES} bytes`);
    return { name: text(item, 'name'), role: readRole(text(item, 'role')), seed };
  });
}

function readRole(role: string): DevelopmentIdentity['role'] {
  if (role === 'user' || role === 'agent' || role === 'admin') return role;
  throw new TypeError(`config.json: role is ${role}, not user, agent or admin`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(json: Readonly<Record<string, unknown>>, field: string): string {
  const value = json[field];
  if (typeof value !== 'string' || value === '') throw new TypeError(`config.json: ${field} is not a text`);
  return value;
}

function optionalText(json: Readonly<Record<string, unknown>>, field: string): string | undefined {
  return json[field] === undefined ? undefined : text(json, field);
}

function optionalUrl(json: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = optionalText(json, field);
  if (value === undefined) return undefined;
  if (!URL.canParse(value)) throw new TypeError(`config.json: ${field} is not a URL`);
  return value;
}

/** Bytes in hex. Throws a sentence that names the field where they are not. */
export function fromHex(hex: string, field: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new TypeError(`config.json: ${field} is not hex`);
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
