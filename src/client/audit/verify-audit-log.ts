import { Certificate, lookupResultToBuffer } from '@dfinity/agent';
import { lebDecode, PipeArrayBuffer } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import type { AuditContent } from '../domain-types.ts';
import { chainDigest, commitmentOf, GENESIS } from './audit-digests.ts';
import type { AuditLog, ChainedEntry } from './audit-log.ts';

/** An audit log is not what the canister's certificate says. */
export class AuditLogError extends Error {
  override readonly name = 'AuditLogError';
  /** The entry that is wrong; undefined where the certificate is. */
  readonly index: bigint | undefined;

  constructor(message: string, index?: bigint) {
    super(index === undefined ? message : `entry ${index}: ${message}`);
    this.index = index;
  }
}

/** What a log was proved to be. */
export interface AuditReport {
  readonly firstIndex: bigint;
  readonly lastIndex: bigint;
  /** Entries whose content is there, and is what the canister wrote. */
  readonly shown: number;
  /** Entries whose content whoever made the copy may not see. */
  readonly withheld: number;
  /** Entries whose content was erased, as another entry tells. */
  readonly erased: number;
  /** When the network signed: ns since 1970. Entries that came later are not in the copy. */
  readonly certifiedAt: bigint;
  /** The subnet that signed, which the network's key vouches for; undefined where that key signed itself. */
  readonly subnet: Principal | undefined;
}

/**
 * Proves that a copy of the log is complete and unchanged: every content is what its commitment binds, the commitments chain up, and
 * the network whose public key is given (DER) has certified the end of the chain for this canister. Needs no network. Rejects with an
 * AuditLogError that names the first entry that is wrong.
 */
export async function verifyAuditLog(log: AuditLog, rootKey: Uint8Array): Promise<AuditReport> {
  const { entries } = log;
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new AuditLogError('the log has no entries');
  verifyChain(entries);
  verifyErasures(entries);
  const certified = await verifyCertificate(log, last.digest, rootKey);
  const count = (holds: (entry: ChainedEntry) => boolean) => entries.filter(holds).length;
  return {
    firstIndex: first.index,
    lastIndex: last.index,
    shown: count(({ content }) => content !== undefined),
    withheld: count(({ content, erasedBy }) => content === undefined && erasedBy === undefined),
    erased: count(({ erasedBy }) => erasedBy !== undefined),
    ...certified,
  };
}

function verifyChain(entries: readonly ChainedEntry[]): void {
  let before: Uint8Array = GENESIS;
  let expected = entries[0]?.index ?? 0n;
  for (const { index, commitment, content, digest } of entries) {
    if (index !== expected) throw new AuditLogError(`the log goes on with entry ${index}`, expected);
    if (content !== undefined && !isSame(commitmentIn(content, index), commitment)) {
      throw new AuditLogError('the content is not what its commitment binds', index);
    }
    before = chainDigest(before, commitment, index);
    if (!isSame(before, digest))
      throw new AuditLogError('the chain breaks: it is not what was written here', index);
    expected++;
  }
}

function commitmentIn(content: AuditContent, index: bigint): Uint8Array {
  try {
    return commitmentOf(content);
  } catch (error) {
    if (error instanceof RangeError) throw new AuditLogError(error.message, index);
    throw error;
  }
}

const TELLS_OF_ERASURE: ReadonlySet<string> = new Set(['UserErased', 'ActivitiesRetired']);

/** Nobody erases entries without leaving one that says so, and how many. */
function verifyErasures(entries: readonly ChainedEntry[]): void {
  const first = entries[0]?.index ?? 0n;
  const counts = new Map<bigint, number>();
  for (const { index, erasedBy, content } of entries) {
    if (erasedBy === undefined) continue;
    if (content !== undefined) throw new AuditLogError('it is said to be erased, and is there', index);
    const teller = entries[Number(erasedBy - first)];
    if (teller === undefined || teller.erasedBy !== undefined || erasedBy <= index) {
      throw new AuditLogError(`entry ${erasedBy}, which is to tell of its erasure, is not in the log`, index);
    }
    const count = (counts.get(erasedBy) ?? 0) + 1;
    counts.set(erasedBy, count);
    // Whoever may not see the entry sees that there is one.
    if (teller.content !== undefined && count > erasedAs(teller.content)) {
      throw new AuditLogError(`entry ${erasedBy} does not tell of its erasure`, index);
    }
  }
}

/** How many entries an entry says were erased. */
function erasedAs({ kind, metadata }: AuditContent): number {
  if (!TELLS_OF_ERASURE.has(kind) || metadata === undefined) return 0;
  const { activities } = JSON.parse(metadata) as { readonly activities?: unknown };
  return typeof activities === 'number' ? activities : 0;
}

async function verifyCertificate(
  log: AuditLog,
  digest: Uint8Array,
  rootKey: Uint8Array,
): Promise<Pick<AuditReport, 'certifiedAt' | 'subnet'>> {
  const { canisterId, certificate } = log;
  let verified: Certificate;
  try {
    verified = await Certificate.create({ certificate, rootKey, canisterId, disableTimeVerification: true });
  } catch (error) {
    throw new AuditLogError(
      `the certificate does not verify: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const path = ['canister', canisterId.toUint8Array(), 'certified_data'];
  const certified = lookupResultToBuffer(verified.lookup_path(path));
  if (certified === undefined || !isSame(certified, digest)) {
    throw new AuditLogError('the certificate is of another log, or of this one at another time');
  }
  const time = lookupResultToBuffer(verified.lookup_path(['time']));
  if (time === undefined) throw new AuditLogError('the certificate has no time');
  const { delegation } = verified.cert;
  return {
    certifiedAt: lebDecode(new PipeArrayBuffer(time)),
    subnet: delegation && Principal.fromUint8Array(new Uint8Array(delegation.subnet_id)),
  };
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}
