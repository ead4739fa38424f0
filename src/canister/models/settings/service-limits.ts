import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { type Numbers, numberSettings, type SomeNumbers } from '../number-settings.ts';

const TEN_YEARS = 3650;
const MILLION = 1_000_000;
const TRILLION = MILLION * MILLION;

/**
 * Limits of the service as a whole, which admins set by name: a new one is a new row here, at the end, and needs no change of the interface.
 */
export const serviceLimits = numberSettings({
  /** How many days the grant (token_data) of credentials outlives their access token. */
  token_data_days: { byDefault: 180, least: 1, most: TEN_YEARS },
  /** How often all callers together may call whom nobody named: at once, and a minute. What wallets ask before users sign, and redeeming a code, have as many of their own. */
  unknown_callers_burst: { byDefault: 100, least: 1, most: MILLION },
  unknown_callers_per_minute: { byDefault: 60, least: 1, most: 60 * MILLION },
  /** How many user_ids may come to be that are a caller's own principal, of whom nothing is stored: at once, and a minute. */
  new_users_burst: { byDefault: 100, least: 1, most: MILLION },
  new_users_per_minute: { byDefault: 10, least: 1, most: 60 * MILLION },
  /** How many hours a retention that keeps less than before waits until it takes effect. */
  retention_delay_hours: { byDefault: 24, least: 1, most: 24 * 365 },
  /** How many opening keys an agent, or a user whom an agent linked, may have derived: at once, and an hour. Each costs the service 26,153,846,153 cycles. */
  derivations_burst: { byDefault: 60, least: 1, most: MILLION },
  derivations_per_hour: { byDefault: 60, least: 1, most: MILLION },
  /** The same of all users together whom nobody named. */
  unnamed_derivations_burst: { byDefault: 20, least: 1, most: MILLION },
  unnamed_derivations_per_hour: { byDefault: 20, least: 1, most: MILLION },
  /** How many cycles the service has to keep for an opening key to be derived. */
  derivation_reserve_cycles: { byDefault: TRILLION, least: 0, most: 1000 * TRILLION },
});

export type ServiceLimitName = (typeof serviceLimits.names)[number];
export type ServiceLimits = Numbers<ServiceLimitName>;
export type SomeServiceLimits = SomeNumbers<ServiceLimitName>;

const VERSION = 1;

/** Version u8, then eight bytes for each row of the table. */
export function encodeServiceLimits(set: SomeServiceLimits): Uint8Array {
  return new ByteWriter().u8(VERSION).raw(serviceLimits.encode(set)).finish();
}

export function decodeServiceLimits(stored: Uint8Array): SomeServiceLimits {
  const version = new ByteReader(stored).u8();
  if (version !== VERSION) throw new Error(`service limits of an unknown version ${version}`);
  return serviceLimits.decode(stored.subarray(1));
}
