import type { Principal } from '@dfinity/principal';
import type { AuditContent } from '../values/service-types.ts';
import { chainDigest, commitmentOf, GENESIS } from './audit-digests.ts';
import { type AuditExpectations, type ReadExpectations, readExpectations } from './audit-expectations.ts';
import { AuditHistory, isSame } from './audit-history.ts';
import type { AuditLog, ChainedEntry } from './audit-log.ts';
import { AuditLogError } from './audit-log-error.ts';
import { type AuditLogHead, decodeEntry, decodeHead } from './audit-log-file.ts';
import { isOfAnother, type SignedTip, verifyAuditTip } from './audit-tip.ts';
import { ErasureCheck, type Erasures } from './check-erasures.ts';
import { type EarlierTip, requireExtension, tipAlone, tipOfHistory } from './extends-history.ts';
import { ageOf, type Certified, durationText, openCertificate } from './signed-certificate.ts';

/** What a log has to be. */
export interface LogExpectations extends AuditExpectations {
  /** An earlier copy of the log, or its tip: the log has to begin with it. It is verified as well, whatever its age. */
  readonly extends?: AuditLog | SignedTip | VerifiedLog | undefined;
  /** Refuses a log of which something is withheld or not proved. */
  readonly complete?: boolean | undefined;
}

/** What of a valid log is not proved. */
export type AuditDoubt =
  /** Contents are withheld: whoever made the copy may not see them, or hides them. */
  | 'contents_withheld'
  /** Entries are marked as erased by an entry whose content is withheld. */
  | 'erasures_unproven'
  /** Fewer entries are marked as erased than others tell of: an erasure is under way, or its marks are wrong. */
  | 'erasures_unmarked'
  /** The certificate is older than 30 days, and no `maxAge` allows that. */
  | 'old';

/** What a log was proved to be. */
export interface AuditReport {
  readonly canisterId: Principal;
  readonly firstIndex: bigint;
  readonly lastIndex: bigint;
  /** The digest up to the last entry. */
  readonly digest: Uint8Array;
  /** Entries whose content is there, and is what the canister wrote. */
  readonly shown: number;
  /** Entries whose content whoever made the copy may not see, or hides. */
  readonly withheld: number;
  /** Entries that are marked as erased. */
  readonly erased: number;
  /** Those of the erased whose mark names an entry that is withheld. */
  readonly erasedUnproven: number;
  /** Entries that others tell of as erased, and that are not marked. Not counted where the chain began after the service did. */
  readonly erasedUnmarked: number;
  /** When the network signed: ns since 1970. Entries that came later are not in the copy. */
  readonly certifiedAt: bigint;
  /** How long ago that was by this machine's clock: ns, 0 at least. */
  readonly age: bigint;
  /** The subnet that signed, which the network's key vouches for; undefined where that key signed itself. */
  readonly subnet: Principal | undefined;
  /** The last entry of the earlier copy that the log extends; undefined where none was given. */
  readonly extendsIndex: bigint | undefined;
  /** What is not proved; empty where all is. */
  readonly doubts: readonly AuditDoubt[];
}

/** The age (ns) of a certificate from which on it is told as a doubt, unless `maxAge` is given. */
export const OLD_AGE = 30n * 86_400_000_000_000n;

/** A log that was verified, and the digests that later copies are held against. */
export interface VerifiedLog {
  readonly report: AuditReport;
  readonly history: AuditHistory;
}

/**
 * Proves that a copy of the log is the expected service's, whole and unchanged: every content is what its commitment binds, the commitments
 * chain up, and the network whose public key is given has certified the end of the chain for this service. Needs no network. Rejects with
 * an AuditLogError that says why, and names the first entry that is wrong. What a valid log does not prove is in the report's `doubts`.
 */
export async function verifyAuditLog(log: AuditLog, expected: LogExpectations): Promise<AuditReport> {
  return (await proveAuditLog(log, expected)).report;
}

/** As `verifyAuditLog`, with the log's digests, which `checkWitness` holds tips against. */
export async function proveAuditLog(log: AuditLog, expected: LogExpectations): Promise<VerifiedLog> {
  const check = await LogCheck.open(log, expected);
  for (const entry of log.entries) check.add(entry);
  return check.finish();
}

/** As `verifyAuditLog`, for the lines of a file: one of them is held at a time, and 32 bytes of each entry. */
export async function verifyAuditLogLines(
  lines: AsyncIterable<string> | Iterable<string>,
  expected: LogExpectations,
): Promise<VerifiedLog> {
  let check: LogCheck | undefined;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (check === undefined) check = await LogCheck.open(decodeHead(line), expected);
    else check.add(decodeEntry(line, number));
  }
  if (check === undefined) throw new AuditLogError('line 1: the file is empty', 'format');
  return check.finish();
}

/** Takes a log entry by entry, after its certificate: what is not the expected service's is refused before its entries are read. */
class LogCheck {
  readonly #wanted: ReadExpectations & Pick<LogExpectations, 'complete'>;
  readonly #certified: Certified;
  readonly #age: bigint;
  readonly #earlier: EarlierTip | undefined;
  readonly #history = new AuditHistory();
  readonly #erasures = new ErasureCheck();
  #digest: Uint8Array = GENESIS;
  #shown = 0;

  private constructor(
    wanted: ReadExpectations & Pick<LogExpectations, 'complete'>,
    certified: Certified,
    earlier: EarlierTip | undefined,
  ) {
    this.#wanted = wanted;
    this.#certified = certified;
    this.#age = ageOf(certified.certifiedAt, wanted);
    this.#earlier = earlier;
  }

  static async open(
    { canisterId, certificate }: AuditLogHead,
    { extends: earlier, complete, ...expected }: LogExpectations,
  ): Promise<LogCheck> {
    const wanted = { ...readExpectations(expected), complete };
    if (canisterId.toText() !== wanted.canisterId.toText()) {
      throw isOfAnother('log', canisterId, wanted.canisterId);
    }
    const certified = await openCertificate(certificate, wanted);
    return new LogCheck(wanted, certified, earlier && (await openEarlier(earlier, wanted)));
  }

  add(entry: ChainedEntry): void {
    const { index, commitment, content, digest } = entry;
    this.#history.add(index, digest);
    if (content !== undefined && !isSame(commitmentIn(content, index), commitment)) {
      throw new AuditLogError('the content is not what its commitment binds', 'content', index);
    }
    this.#digest = chainDigest(this.#digest, commitment, index);
    if (!isSame(this.#digest, digest)) {
      throw new AuditLogError('the chain breaks: it is not what was written here', 'chain', index);
    }
    this.#erasures.add(entry);
    if (content !== undefined) this.#shown++;
  }

  finish(): VerifiedLog {
    const history = this.#history;
    if (history.length === 0) throw new AuditLogError('the log has no entries', 'format');
    const erasures = this.#erasures.finish();
    if (!isSame(this.#certified.digest, this.#digest)) {
      throw new AuditLogError(
        'the certificate is of another log, or of this one at another time',
        'certificate',
      );
    }
    if (this.#earlier !== undefined) requireExtension(history, this.#certified, this.#earlier);
    const report = this.#report(erasures);
    const doubts = doubtsOf(report, this.#wanted.maxAge);
    if (this.#wanted.complete === true) requireComplete(report, doubts);
    return { report: { ...report, doubts }, history };
  }

  #report({ marked, unproven, unmarked }: Erasures): Omit<AuditReport, 'doubts'> {
    const { first, last, length } = this.#history;
    const { certifiedAt, subnet, digest } = this.#certified;
    return {
      canisterId: this.#wanted.canisterId,
      firstIndex: first,
      lastIndex: last,
      digest,
      shown: this.#shown,
      withheld: length - this.#shown - marked,
      erased: marked,
      erasedUnproven: unproven,
      // Entries from before the chain can be erased, too, and are not in it.
      erasedUnmarked: first > 1n ? 0 : unmarked,
      certifiedAt,
      age: this.#age,
      subnet,
      extendsIndex: this.#earlier?.index,
    };
  }
}

/** An earlier copy that was verified, or is now: whatever its age, it is of the same service, by the same network. */
async function openEarlier(
  earlier: NonNullable<LogExpectations['extends']>,
  { canisterId, rootKey, now }: ReadExpectations,
): Promise<EarlierTip> {
  if ('history' in earlier) return tipOfHistory(earlier);
  try {
    if (!('entries' in earlier)) {
      return tipAlone(earlier, await verifyAuditTip(earlier, { canisterId, rootKey, now }));
    }
    return tipOfHistory(await proveAuditLog(earlier, { canisterId, rootKey, now }));
  } catch (error) {
    throw error instanceof AuditLogError
      ? new AuditLogError(`the earlier copy: ${error.message}`, error.reason)
      : error;
  }
}

function doubtsOf(report: Omit<AuditReport, 'doubts'>, maxAge: bigint | undefined): readonly AuditDoubt[] {
  const found: Record<AuditDoubt, boolean> = {
    contents_withheld: report.withheld > 0,
    erasures_unproven: report.erasedUnproven > 0,
    erasures_unmarked: report.erasedUnmarked > 0,
    old: maxAge === undefined && report.age > OLD_AGE,
  };
  return AUDIT_DOUBTS.filter((doubt) => found[doubt]);
}

const AUDIT_DOUBTS = ['contents_withheld', 'erasures_unproven', 'erasures_unmarked', 'old'] as const;

/** How old a copy is, is nothing that it lacks. */
function requireComplete(report: Omit<AuditReport, 'doubts'>, doubts: readonly AuditDoubt[]): void {
  const lacks = doubts.filter((doubt) => doubt !== 'old').map((doubt) => doubtText(doubt, report));
  if (lacks.length > 0) throw new AuditLogError(`it is not complete: ${lacks.join('; ')}`, 'incomplete');
}

/** A doubt in words, with its count. */
export function doubtText(doubt: AuditDoubt, report: Omit<AuditReport, 'doubts'>): string {
  switch (doubt) {
    case 'contents_withheld':
      return `the contents of ${report.withheld} entries are withheld`;
    case 'erasures_unproven':
      return `${report.erasedUnproven} entries are marked as erased by an entry whose content is withheld`;
    case 'erasures_unmarked':
      return `${report.erasedUnmarked} entries that others tell of as erased are not marked`;
    case 'old':
      return `the certificate is ${durationText(report.age)} old: later entries are not in the log`;
  }
}

function commitmentIn(content: AuditContent, index: bigint): Uint8Array {
  try {
    return commitmentOf(content);
  } catch (error) {
    if (error instanceof RangeError) throw new AuditLogError(error.message, 'content', index);
    throw error;
  }
}
