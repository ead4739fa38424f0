import { Certificate, lookupResultToBuffer } from '@dfinity/agent';
import { lebDecode, PipeArrayBuffer } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { AuditLogError } from './audit-log-error.ts';

/** What a network has signed of a service. */
export interface Certified {
  /** The service's certified data: the digest of its log. */
  readonly digest: Uint8Array;
  /** When the network signed: ns since 1970. */
  readonly certifiedAt: bigint;
  /** The subnet that signed, which the network's key vouches for; undefined where that key signed itself. */
  readonly subnet: Principal | undefined;
}

/** What bounds a certificate's time. */
export interface CertificateTimes {
  /** This machine's clock: ns since 1970. */
  readonly now: bigint;
  /** ns; undefined where any age will do. */
  readonly maxAge?: bigint | undefined;
}

/** The ns by which this machine's clock may be behind the network's. */
export const MAX_SKEW = 5n * 60_000_000_000n;

/** What a certificate says of a service, whatever its age. Rejects with an AuditLogError where the network of the key (DER) did not sign it. */
export async function openCertificate(
  certificate: Uint8Array,
  { canisterId, rootKey }: { readonly canisterId: Principal; readonly rootKey: Uint8Array },
): Promise<Certified> {
  let verified: Certificate;
  try {
    verified = await Certificate.create({ certificate, rootKey, canisterId, disableTimeVerification: true });
  } catch (error) {
    throw new AuditLogError(`the certificate does not verify: ${firstLine(error)}`, 'certificate');
  }
  const path = ['canister', canisterId.toUint8Array(), 'certified_data'];
  const digest = lookupResultToBuffer(verified.lookup_path(path));
  if (digest === undefined) {
    throw new AuditLogError(`the certificate says nothing of ${canisterId.toText()}`, 'certificate');
  }
  const time = lookupResultToBuffer(verified.lookup_path(['time']));
  if (time === undefined) throw new AuditLogError('the certificate has no time', 'certificate');
  const { delegation } = verified.cert;
  return {
    digest,
    certifiedAt: lebDecode(new PipeArrayBuffer(time)),
    subnet: delegation && Principal.fromUint8Array(new Uint8Array(delegation.subnet_id)),
  };
}

/** Messages of the library may have stacks in them. */
function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replaceAll('"', '').slice(0, 200);
}

/** How old a certificate is by this machine's clock (ns, 0 at least). Throws an AuditLogError where it is older than allowed, or yet to come. */
export function ageOf(certifiedAt: bigint, { now, maxAge }: CertificateTimes): bigint {
  if (certifiedAt > now + MAX_SKEW) {
    throw new AuditLogError(
      `the certificate is of ${timeText(certifiedAt)}, which is yet to come by this machine's clock (${timeText(now)})`,
      'future',
    );
  }
  const age = now > certifiedAt ? now - certifiedAt : 0n;
  if (maxAge !== undefined && age > maxAge) {
    throw new AuditLogError(
      `the certificate is of ${timeText(certifiedAt)}: ${durationText(age)} old, and at most ${durationText(maxAge)} are allowed`,
      'age',
    );
  }
  return age;
}

const LATEST = 8_640_000_000_000_000n;

/** A time in ns since 1970, as ISO 8601 has it; a number where the calendar does not reach so far. */
export function timeText(ns: bigint): string {
  const ms = ns / 1_000_000n;
  return ms > LATEST ? `${ns} ns after 1970` : new Date(Number(ms)).toISOString();
}

const UNITS = [
  ['day', 86_400n],
  ['hour', 3600n],
  ['minute', 60n],
] as const;

/** A duration in ns, in words, cut to its largest unit. */
export function durationText(ns: bigint): string {
  const seconds = ns / 1_000_000_000n;
  for (const [unit, length] of UNITS) {
    if (seconds >= 2n * length) return `${seconds / length} ${unit}s`;
  }
  return `${seconds} s`;
}
