import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { type Numbers, numberSettings, type SomeNumbers } from '../number-settings.ts';

const MOST_DAYS = 36_500;
const MOST_RECORDS = 2 ** 32 - 1;

/** How long records are kept: for so many days, and so many of the newest of each user. 0 keeps them all. */
export const retention = numberSettings({
  interactions_days: { byDefault: 0, least: 0, most: MOST_DAYS },
  interactions_newest: { byDefault: 0, least: 0, most: MOST_RECORDS },
  activities_days: { byDefault: 0, least: 0, most: MOST_DAYS },
  activities_newest: { byDefault: 0, least: 0, most: MOST_RECORDS },
});

export type RetentionName = (typeof retention.names)[number];
export type Retention = Numbers<RetentionName>;
export type SomeRetention = SomeNumbers<RetentionName>;

/** How far the removal of old records has come. It goes on in the next message, also after an upgrade. */
export interface RetentionProgress {
  /** When it goes on or begins again (ns). */
  readonly dueAt: bigint;
  /** Every record below was looked at, and is gone. */
  readonly oldestInteraction: number;
  readonly oldestActivity: number;
  /** The user whose newest records are counted. */
  readonly user: number;
  /** Which of the user's logs is looked at: 0 interactions, 1 activities. */
  readonly log: number;
  /** Where the user's chain is looked at; 0 before its newest record. */
  readonly at: number;
  /** How many records the walk has still to pass before it removes what comes. */
  readonly passing: number;
}

const VERSION = 1;

export function encodeProgress(progress: RetentionProgress): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .u64(progress.dueAt)
    .u32(progress.oldestInteraction)
    .u32(progress.oldestActivity)
    .u32(progress.user)
    .u8(progress.log)
    .u32(progress.at)
    .u32(progress.passing)
    .finish();
}

export function decodeProgress(bytes: Uint8Array): RetentionProgress {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) throw new Error(`progress of the retention of an unknown version ${version}`);
  return {
    dueAt: reader.u64(),
    oldestInteraction: reader.u32(),
    oldestActivity: reader.u32(),
    user: reader.u32(),
    log: reader.u8(),
    at: reader.u32(),
    passing: reader.u32(),
  };
}
