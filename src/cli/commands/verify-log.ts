import type { Command } from 'commander';
import {
  AuditLogError,
  type AuditReport,
  decodeAuditTip,
  doubtText,
  durationText,
  isAuditTip,
  type LogExpectations,
  timeText,
  type VerifiedLog,
  verifyAuditLogLines,
} from '../../client/index.ts';
import { type ExpectedService, expectedService } from '../audit/expected-service.ts';
import { NOT_ALL_PROVEN, printVerdict } from '../audit/print-verdict.ts';
import { linesOfFile } from '../audit/read-lines.ts';
import { readDuration } from '../options/read-duration.ts';
import { addServiceOptions } from '../options/service-options.ts';
import { JSON_OPTION } from '../output/print-answers.ts';
import type { ServiceOptions } from '../service/service-place.ts';
import { CommandError } from '../terminal/command-error.ts';

interface VerifyOptions extends ServiceOptions {
  /** ns. */
  readonly maxAge?: bigint;
  readonly extends?: string;
  readonly complete?: boolean;
  readonly json?: boolean;
}

const EXIT_CODES = `
Exit codes: 0 = valid and all proven; 1 = refused, or not readable; 2 = wrong usage; 3 = valid, but not all is proven: contents are
withheld, erasures are not told by an entry that can be read, or the certificate is older than 30 days and no --max-age allows that.`;

/** `verify-log`: proves that a copy of the audit log is the service's, whole and unchanged, without any network. */
export function addVerifyLogCommand(program: Command): void {
  addServiceOptions(program.command('verify-log'))
    .description('verify offline that a downloaded audit log is complete and unchanged')
    .argument('<file>', 'a log from "audit-log", - for standard input')
    .option('--max-age <duration>', 'refuse a log that was certified longer ago, such as 24h', readDuration)
    .option('--extends <file>', 'refuse a log that does not continue this earlier log or tip')
    .option('--complete', 'refuse a log that withholds contents or leaves anything unproven')
    .option(...JSON_OPTION)
    .addHelpText('after', EXIT_CODES)
    .action(verifyLog);
}

async function verifyLog(file: string, options: VerifyOptions): Promise<void> {
  const service = expectedService(options);
  await printVerdict(options.json === true, async () => {
    const { maxAge, complete } = options;
    const earlier = options.extends === undefined ? undefined : await readEarlier(options.extends, service);
    const expected = { ...service, maxAge, complete, extends: earlier };
    const { report } = await verifyAuditLogLines(linesOfFile(file), expected);
    return {
      exitCode: report.doubts.length === 0 ? 0 : NOT_ALL_PROVEN,
      json: reportJson(report),
      lines: reportLines(report),
    };
  });
}

/** An earlier log, or the one tip of a file. */
async function readEarlier(
  path: string,
  service: ExpectedService,
): Promise<NonNullable<LogExpectations['extends']>> {
  const lines = linesOfFile(path);
  try {
    const first = await lines.next();
    if (first.done === true || !isAuditTip(first.value)) return await verifyEarlier(path, service);
    const tip = decodeAuditTip(first.value);
    if ((await lines.next()).done !== true) {
      throw new CommandError(`${path} has more than one tip. Use "witness check --against ${path}".`);
    }
    return tip;
  } catch (error) {
    throw error instanceof AuditLogError
      ? new AuditLogError(`${path}: ${error.message}`, error.reason)
      : error;
  } finally {
    await lines.return(undefined);
  }
}

function verifyEarlier(path: string, service: ExpectedService): Promise<VerifiedLog> {
  return verifyAuditLogLines(linesOfFile(path), service);
}

function reportLines(report: AuditReport): readonly string[] {
  const { doubts, firstIndex, lastIndex, shown, withheld, erased, certifiedAt, age, extendsIndex } = report;
  const canister = report.canisterId.toText();
  return [
    doubts.length === 0
      ? `The log of ${canister} is complete and unchanged.`
      : `The log of ${canister} is unchanged, but not all of it is proven:`,
    ...doubts.map((doubt) => `  - ${doubtText(doubt, report)}`),
    `  Entries    ${firstIndex} to ${lastIndex}`,
    `  Contents   ${shown} shown, ${withheld} withheld, ${erased} erased`,
    `  Certified  ${timeText(certifiedAt)}, ${durationText(age)} ago`,
    ...(extendsIndex === undefined ? [] : [`  Extends    the earlier one, up to entry ${extendsIndex}`]),
  ];
}

/** Times in ns since 1970, ages in ns, and indexes are decimal texts, as in the log's file. */
function reportJson(report: AuditReport): object {
  return {
    verdict: report.doubts.length === 0 ? 'proven' : 'partly_proven',
    doubts: report.doubts,
    canister_id: report.canisterId.toText(),
    first_index: String(report.firstIndex),
    last_index: String(report.lastIndex),
    shown: report.shown,
    withheld: report.withheld,
    erased: report.erased,
    erased_unproven: report.erasedUnproven,
    erased_unmarked: report.erasedUnmarked,
    certified_at: String(report.certifiedAt),
    age: String(report.age),
    subnet: report.subnet?.toText() ?? null,
    extends_index: report.extendsIndex === undefined ? null : String(report.extendsIndex),
  };
}
