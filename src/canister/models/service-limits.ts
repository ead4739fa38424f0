import { ByteReader, ByteWriter } from '../codec/index.ts';
import { type Numbers, numberSettings, type SomeNumbers } from './number-settings.ts';

const TEN_YEARS = 3650;

/**
 * Limits of the service as a whole, which admins set by name: a new one is a new row here, at the end, and needs no change of the interface.
 */
export const serviceLimits = numberSettings({
  /** How many days the grant (token_data) of credentials outlives their access token. */
  token_data_days: { byDefault: 180, least: 1, most: TEN_YEARS },
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
