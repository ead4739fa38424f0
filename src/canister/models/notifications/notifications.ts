import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { codesIn, type Mask, maskOf } from '../access/rights.ts';
import { writeCodes, writeOptions } from '../access/write-options.ts';
import { type ActivityType, activityTypes } from '../activity-type.ts';
import { type AgentType, agentTypes } from '../agent-type.ts';
import { activityBody } from '../audit/activity.ts';
import { codedEnumeration } from '../coded-enumeration.ts';
import type { LogRecord } from '../log-record.ts';

/** How a page that the user has open tells of an activity. Codes are stored. */
export const notificationChannels = codedEnumeration(['toast', 'browser']);
export type NotificationChannel = (typeof notificationChannels.names)[number];

/** Activities that a user wants to hear of; undefined is every type. Without channels they are listed alone. */
export interface NotificationRule {
  readonly activityTypes: readonly ActivityType[] | undefined;
  readonly agentType: AgentType | undefined;
  readonly channels: readonly NotificationChannel[];
}

export interface Notifications {
  readonly rules: readonly NotificationRule[];
  /** The newest activity that was marked as read. */
  readonly readUpTo: number;
}

/** What is worth a look of a user who never said what is. */
export const NEVER_SET: Notifications = {
  rules: [
    {
      activityTypes: [
        'TokenExpired',
        'TokenRefreshFailed',
        'TokenRefreshRecovered',
        'AgentGranted',
        'AgentWithdrawn',
        'UserLinked',
        'UserUnlinked',
        'ErrorOccurred',
      ],
      agentType: undefined,
      channels: ['toast'],
    },
  ],
  readUpTo: 0,
};

/**
 * Version u8, the last activity read u32, then the rules, each: code of the agent type u8, mask of the channels u8, and a length and that many codes of
 * activity types. `EVERY` in the place of a code or of the length means all.
 */
const VERSION = 1;
const EVERY = 255;

export function encodeNotifications({ rules, readUpTo }: Notifications): Uint8Array {
  const writer = new ByteWriter().u8(VERSION).u32(readUpTo);
  for (const { activityTypes: types, agentType, channels } of rules) {
    writer.u8(agentType === undefined ? EVERY : agentTypes.codeOf(agentType));
    writer.u8(maskOf(notificationChannels, channels)).u8(types?.length ?? EVERY);
    for (const type of types ?? []) writer.u8(activityTypes.codeOf(type));
  }
  return writer.finish();
}

export function decodeNotifications(bytes: Uint8Array): Notifications {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) throw new Error(`notifications of an unknown version ${version}`);
  const readUpTo = reader.u32();
  const rules: NotificationRule[] = [];
  while (!reader.done) {
    const typeCode = reader.u8();
    const channels = codesIn(notificationChannels, reader.u8()).map(notificationChannels.nameOf);
    const count = reader.u8();
    rules.push({
      agentType: typeCode === EVERY ? undefined : agentTypes.nameOf(typeCode),
      channels,
      activityTypes: count === EVERY ? undefined : Array.from(reader.take(count), activityTypes.nameOf),
    });
  }
  return { rules, readUpTo };
}

const COMPLETED = activityTypes.codeOf('InteractionCompleted');
const ERROR = activityTypes.codeOf('ErrorOccurred');

/**
 * Whether a rule for some types names an activity. A failed interaction is named as an error, too; an error that it has told before is not, so that one failure
 * is told once.
 */
function isNamed(details: ReadonlySet<number>, { detail, flag }: LogRecord): boolean {
  if (!flag) return details.has(detail);
  if (detail === COMPLETED) return details.has(COMPLETED) || details.has(ERROR);
  return detail === ERROR ? false : details.has(detail);
}

/** The channels of all rules that an activity falls under; undefined where there is none. */
export function channelsFor(rules: readonly NotificationRule[]): (record: LogRecord) => Mask | undefined {
  const byCode = rules.map(({ activityTypes: types, agentType, channels }) => ({
    typeCode: agentType === undefined ? undefined : agentTypes.codeOf(agentType),
    details: types === undefined ? undefined : new Set(types.map(activityTypes.codeOf)),
    channels: maskOf(notificationChannels, channels),
  }));
  return (record) => {
    const { typeCode } = record;
    const ruling = byCode.filter(
      (rule) =>
        (rule.typeCode ?? typeCode) === typeCode &&
        (rule.details === undefined || isNamed(rule.details, record)),
    );
    return ruling.length === 0 ? undefined : ruling.reduce((mask, rule) => mask | rule.channels, 0);
  };
}

/** The Candid record `Notification` of one activity. Fields follow the order of a message: by the hashes of their names. */
export function notificationBody(
  record: LogRecord,
  about: {
    readonly index: number;
    readonly unread: boolean;
    readonly channels: Mask;
    /** Whether it is one of a group, which may have others. */
    readonly isGrouped: boolean;
  },
): Uint8Array {
  const writer = new ByteWriter(512).bool(about.isGrouped);
  if (about.isGrouped) writer.u32(1);
  writer.bool(about.unread);
  writeOptions(writer, notificationChannels, about.channels);
  return writer.safeU64(about.index).raw(activityBody(record)).finish();
}

/** Makes a `Notification` of a group stand for so many activities. */
export function setNotificationCount(body: Uint8Array, count: number): void {
  // The first field, behind the byte that says that there is one.
  new DataView(body.buffer, body.byteOffset).setUint32(1, count, true);
}

/** The Candid record `NotificationSettings`. */
export function notificationSettingsBody(rules: readonly NotificationRule[]): Uint8Array {
  const writer = new ByteWriter().leb128(rules.length);
  for (const { activityTypes: types, agentType, channels } of rules) {
    writer.bool(types !== undefined);
    if (types !== undefined) writeCodes(writer, activityTypes, types.map(activityTypes.codeOf));
    writeOptions(writer, notificationChannels, maskOf(notificationChannels, channels));
    writer.bool(agentType !== undefined);
    if (agentType !== undefined) writer.u8(agentTypes.wireIndexOf(agentTypes.codeOf(agentType)));
  }
  return writer.finish();
}
