import {
  type AgentServiceClient,
  checkWitness,
  downloadAuditLog,
  durationText,
  proveAuditLog,
  type VerifiedLog,
  verifyAuditLogLines,
  type WitnessReport,
} from '../../client/index.ts';
import type { ExpectedService } from '../audit/expected-service.ts';
import { NOT_ALL_PROVEN } from '../audit/print-verdict.ts';
import { linesOfFile } from '../audit/read-lines.ts';
import type { Witness } from './witness.ts';

/** The log that witnesses are asked about: a file's, or what the service answers. */
type LogSource = {
  readonly service: ExpectedService;
  /** The greatest age of a witness's newest tip, ns. */
  readonly maxAge: bigint | undefined;
} & ({ readonly client: AgentServiceClient } | { readonly file: string });

export interface CheckedWitnesses {
  readonly exitCode: 0 | 1 | 3;
  readonly lastIndex: bigint;
  readonly lines: readonly string[];
  /** For JSON. */
  readonly witnesses: readonly object[];
}

/** Holds a log against all witnesses. */
export async function checkWitnesses(
  witnesses: readonly Witness[],
  source: LogSource,
): Promise<CheckedWitnesses> {
  // The witnesses first: what they hear of meanwhile is in the log then.
  const contents = [];
  for (const witness of witnesses) contents.push({ name: witness.name, content: await witness.read() });
  const log = await readLog(source);
  const { service, maxAge } = source;
  const checked = [];
  for (const { name, content } of contents) {
    const report = await checkWitness(content.tips, { ...service, log });
    checked.push({ name, report, problems: problemsOf(report, content.unreadable, maxAge) });
  }
  const isRefused = checked.some(({ problems }) => problems.length > 0);
  const isOpen = checked.some(({ report }) => report.newer > 0);
  return {
    exitCode: isRefused ? 1 : isOpen ? NOT_ALL_PROVEN : 0,
    lastIndex: log.report.lastIndex,
    lines: checked.flatMap(linesOf),
    witnesses: checked.map(jsonOf),
  };
}

interface Problem {
  readonly reason: string;
  readonly place: number | null;
  readonly index: string | null;
  readonly message: string;
}

interface Checked {
  readonly name: string;
  readonly report: WitnessReport;
  readonly problems: readonly Problem[];
}

async function readLog(source: LogSource): Promise<VerifiedLog> {
  return 'file' in source
    ? verifyAuditLogLines(linesOfFile(source.file), source.service)
    : proveAuditLog(await downloadAuditLog(source.client), source.service);
}

function problemsOf(
  { findings, witnessedAt, agreeing, newer }: WitnessReport,
  unreadable: readonly { readonly place: number; readonly message: string }[],
  maxAge: bigint | undefined,
): readonly Problem[] {
  const found: Problem[] = [
    ...unreadable.map(({ place, message }) => ({ reason: 'format', place, index: null, message })),
    ...findings.map(({ reason, place, message, index }) => ({
      reason,
      place,
      message,
      index: index === undefined ? null : String(index),
    })),
  ];
  const of = (reason: string, message: string): Problem => ({ reason, place: null, index: null, message });
  const age = ageNow(witnessedAt);
  if (found.length === 0 && agreeing + newer === 0)
    found.push(of('unwitnessed', 'it keeps no tip of this log'));
  if (maxAge !== undefined && age !== undefined && age > maxAge) {
    found.push(
      of(
        'age',
        `its newest tip is ${durationText(age)} old, and at most ${durationText(maxAge)} are allowed`,
      ),
    );
  }
  return found;
}

function ageNow(at: bigint | undefined): bigint | undefined {
  if (at === undefined) return undefined;
  const age = BigInt(Date.now()) * 1_000_000n - at;
  return age > 0n ? age : 0n;
}

function linesOf({ name, report, problems }: Checked): readonly string[] {
  const { agreeing, newer, others, witnessedIndex, witnessedAt } = report;
  const age = ageNow(witnessedAt);
  return [
    problems.length === 0 ? `${name} agrees with the log.` : `${name} does not agree with the log:`,
    ...problems.map(({ place, message }) => `  - ${place === null ? '' : `tip at ${place}: `}${message}`),
    `  Tips       ${agreeing} agree, ${newer} newer than the log, ${others} of other services`,
    ...(witnessedIndex === undefined || age === undefined
      ? []
      : [`  Witnessed  up to entry ${witnessedIndex}, ${durationText(age)} ago`]),
  ];
}

function jsonOf({ name, report, problems }: Checked): object {
  const { agreeing, newer, others, witnessedIndex, witnessedAt } = report;
  return {
    witness: name,
    agreeing,
    newer,
    others,
    witnessed_index: witnessedIndex === undefined ? null : String(witnessedIndex),
    witnessed_at: witnessedAt === undefined ? null : String(witnessedAt),
    problems,
  };
}
