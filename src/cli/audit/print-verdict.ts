import { AuditLogError } from '../../client/index.ts';
import { printJson } from '../output/print-answers.ts';

/** The exit code of what is valid, and not proven in all its parts. */
export const NOT_ALL_PROVEN = 3;

/** What a check came to. */
export interface Verdict {
  readonly exitCode: number;
  readonly json: object;
  readonly lines: readonly string[];
}

/** Prints what a check came to, and sets the exit code: 1 for what is refused, which JSON says, too. */
export async function printVerdict(asJson: boolean, check: () => Promise<Verdict>): Promise<void> {
  try {
    const { exitCode, json, lines } = await check();
    process.exitCode = exitCode;
    if (asJson) printJson(json);
    else for (const line of lines) console.log(line);
  } catch (error) {
    if (!asJson || !(error instanceof AuditLogError)) throw error;
    const { reason, message, index } = error;
    process.exitCode = 1;
    printJson({ verdict: 'refused', reason, index: index === undefined ? null : String(index), message });
  }
}
