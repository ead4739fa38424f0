import { AuditLogError, decodeAuditTip, type SignedTip, type WitnessedTip } from '../../client/index.ts';

/** Who keeps tips of logs, so that their service cannot forget them. */
export interface Witness {
  /** For messages; it holds no secret. */
  readonly name: string;
  /** Hands a tip over; resolves once it is kept. Throws a `CommandError` where it is not. */
  publish(tip: SignedTip): Promise<void>;
  /** What it keeps, oldest first. Throws a `CommandError` where it cannot be read. */
  read(): Promise<WitnessContent>;
  /** Whether `read` costs little, so that a new tip is first held against the last one. */
  readonly isNear: boolean;
}

/** What a witness keeps. */
export interface WitnessContent {
  readonly tips: readonly WitnessedTip[];
  /** What is no tip: where, and why. */
  readonly unreadable: readonly { readonly place: number; readonly message: string }[];
}

/** The tips in lines of JSON. */
export async function readTips(lines: AsyncIterable<string> | Iterable<string>): Promise<WitnessContent> {
  const tips: WitnessedTip[] = [];
  const unreadable: { place: number; message: string }[] = [];
  let place = 0;
  for await (const line of lines) {
    place++;
    try {
      tips.push({ tip: decodeAuditTip(line, place), place });
    } catch (error) {
      if (!(error instanceof AuditLogError)) throw error;
      unreadable.push({ place, message: error.message });
    }
  }
  return { tips, unreadable };
}
