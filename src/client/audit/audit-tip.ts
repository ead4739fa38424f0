import type { Principal } from '@dfinity/principal';
import { chainDigest, GENESIS } from './audit-digests.ts';
import { type AuditExpectations, readExpectations } from './audit-expectations.ts';
import { isSame } from './audit-history.ts';
import type { AuditLog } from './audit-log.ts';
import { AuditLogError } from './audit-log-error.ts';
import { LineReader, toHex } from './json-line.ts';
import { ageOf, type Certified, openCertificate } from './signed-certificate.ts';

/**
 * How far a log went when the network signed its end. Who keeps one can hold a later copy of the log against it. The certificate covers the
 * digest alone; the digest is made of the index, of the digest before and of the last entry's commitment, and so proves those.
 */
export interface SignedTip {
  readonly canisterId: Principal;
  /** Of the last entry. */
  readonly index: bigint;
  /** The digest up to the entry before the last. */
  readonly before: Uint8Array;
  /** The last entry's. */
  readonly commitment: Uint8Array;
  readonly certificate: Uint8Array;
}

/** What a tip was proved to be. */
export interface VerifiedTip extends Certified {
  readonly index: bigint;
  /** By this machine's clock, ns. */
  readonly age: bigint;
}

const FORMAT = 'agent-service-audit-tip-1';
const FIELDS = new Set(['format', 'canister_id', 'index', 'before', 'commitment', 'certificate']);

/** The tip of a log. Throws an AuditLogError where the log has no entries. */
export function tipOf({ canisterId, certificate, entries }: AuditLog): SignedTip {
  const last = entries.at(-1);
  if (last === undefined) throw new AuditLogError('the log has no entries', 'format');
  const { index, commitment } = last;
  return { canisterId, index, before: entries.at(-2)?.digest ?? GENESIS, commitment, certificate };
}

/** A tip as one line of JSON, without the line's end. */
export function encodeAuditTip({ canisterId, index, before, commitment, certificate }: SignedTip): string {
  return JSON.stringify({
    format: FORMAT,
    canister_id: canisterId.toText(),
    index: String(index),
    before: toHex(before),
    commitment: toHex(commitment),
    certificate: toHex(certificate),
  });
}

/** Throws an AuditLogError that names the line (counted from 1) and the field where this is no tip. */
export function decodeAuditTip(text: string, number = 1): SignedTip {
  const line = LineReader.read(text, number);
  line.checkFormat(FORMAT);
  line.checkFields(FIELDS);
  return {
    canisterId: line.principal('canister_id'),
    index: line.nat64('index'),
    before: line.bytes('before', 32),
    commitment: line.bytes('commitment', 32),
    certificate: line.bytes('certificate'),
  };
}

/** Whether a line of JSON says that it is a tip, whatever else it holds. */
export function isAuditTip(text: string): boolean {
  return /"format"\s*:\s*"agent-service-audit-tip-1"/.test(text);
}

/** Proves that the network certified the tip for the expected service. Rejects with an AuditLogError. */
export async function verifyAuditTip(tip: SignedTip, expected: AuditExpectations): Promise<VerifiedTip> {
  const { canisterId, rootKey, now, maxAge } = readExpectations(expected);
  const { index, before, commitment, certificate } = tip;
  if (tip.canisterId.toText() !== canisterId.toText()) {
    throw isOfAnother('tip', tip.canisterId, canisterId);
  }
  const certified = await openCertificate(certificate, { canisterId, rootKey });
  if (!isSame(chainDigest(before, commitment, index), certified.digest)) {
    throw new AuditLogError('the certificate is not of this tip', 'certificate', index);
  }
  return { ...certified, index, age: ageOf(certified.certifiedAt, { now, maxAge }) };
}

/** What is of another service is not looked at any further. */
export function isOfAnother(what: string, found: Principal, expected: Principal): AuditLogError {
  return new AuditLogError(
    `the ${what} is of the service ${found.toText()}, and not of ${expected.toText()}`,
    'canister',
  );
}
