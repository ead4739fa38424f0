import {
  ByteWriter,
  type CandidType,
  encodeHeader,
  encodeUtf8,
  nat32,
  opt,
  type Shape,
  TypeCode,
  text,
  vec,
  type Write,
} from '../codec/index.ts';
import type { AgentError } from '../models/agent-error.ts';
import type { AuditPage } from '../services/audit/audit-log.ts';
import type { EventPage } from '../services/audit/event-service.ts';
import type { ExportPage } from '../services/export/export-service.ts';
import type { Page } from '../services/listing.ts';
import type { HttpAnswer } from '../services/metrics/http-answer.ts';
import type { NotificationPage } from '../services/notifications/notification-service.ts';
import type { Status } from '../services/users/status-service.ts';
import type { AuditTip } from '../storage/audit/audit-chain.ts';
import { agentErrors, type ErrorCandid, seedErrors } from './agent-error-candid.ts';
import {
  agentStatus,
  auditPage,
  auditTip,
  eventPage,
  exportPage,
  httpResponse,
  notificationPage,
  pageOf,
  standard,
} from './interface-types.ts';

/** How a method answers: the type of its result, and how a value of it is written. */
export interface Reply<R> {
  /** Undefined for a method that returns nothing. */
  readonly type: CandidType | undefined;
  encode(value: R): Uint8Array;
  /** A refusal as `Err`; undefined where the result has none, and a refusal is a reject. */
  readonly encodeError?: (error: AgentError) => Uint8Array;
}

/** `Ok` comes before `Err` by the hashes of their names. */
const OK = 0;
const ERR = 1;

/** Room for what is beside the records of a reply. */
const SLACK = 64;

/** `variant { Ok : text; Err }`, from UTF-8. */
export function textResult(errors: ErrorCandid = agentErrors): Reply<Uint8Array> {
  return resultWith(errors, text.type, (writer, value) => writer.text(value));
}

/** As `textResult`, of a method of the seed. */
export function seedTextResult(): Reply<Uint8Array> {
  return textResult(seedErrors);
}

/** `variant { Ok; Err }`. */
export function unitResult(errors: ErrorCandid = agentErrors): Reply<void> {
  return resultWith(errors, { code: TypeCode.null }, () => undefined);
}

/** As `unitResult`, of a method of the seed. */
export function seedUnitResult(): Reply<void> {
  return unitResult(seedErrors);
}

/** `variant { Ok : page of T; Err }`, from Candid records. */
export function pageResult(item: Shape<unknown>): Reply<Page> {
  return result(pageOf(item).type, writePage, ({ items }) => items);
}

/** `variant { Ok : vec T; Err }`, from Candid records. */
export function listResult(item: Shape<unknown>): Reply<readonly Uint8Array[]> {
  return result(vec(item).type, writeItems, (items) => items);
}

/** `variant { Ok : AuditPage; Err }`: `next` comes before `entries` by the hashes of their names. */
export function auditPageResult(): Reply<AuditPage> {
  return result(
    auditPage.type,
    (writer, { entries, next }) => {
      writer.optU64(next);
      writeItems(writer, entries);
    },
    ({ entries }) => entries,
  );
}

/** `variant { Ok : EventPage; Err }`. Fields follow the order of `EventPage` in a message. */
export function eventPageResult(): Reply<EventPage> {
  return result(
    eventPage.type,
    (writer, { events, next, more, end }) => {
      writer.u64(end).bool(more).u64(next);
      writeItems(writer, events);
    },
    ({ events }) => events,
  );
}

/** `variant { Ok : NotificationPage; Err }`: `unread` comes first by the hashes of their names. */
export function notificationPageResult(): Reply<NotificationPage> {
  return result(
    notificationPage.type,
    (writer, page) => {
      writer.u32(page.unread);
      writePage(writer, page);
    },
    ({ items }) => items,
  );
}

/** `variant { Ok : AuditTip; Err }`. Fields follow the order of `AuditTip` in a message. */
export function auditTipResult(): Reply<AuditTip & { readonly certificate: Uint8Array | undefined }> {
  return result(auditTip.type, (writer, { first, last, digest, certificate }) =>
    writer.optText(certificate).safeU64(last).safeU64(first).text(digest),
  );
}

/** `variant { Ok : ExportPage; Err }`. */
export function exportResult(): Reply<ExportPage> {
  return result(
    exportPage.type,
    (writer, { page, nextCursor }) => writer.text(page).optText(nextCursor),
    ({ page }) => [page],
  );
}

/** `variant { Ok : T; Err }`, from a Candid record. */
export function recordResult(item: Shape<unknown>): Reply<Uint8Array> {
  return result(
    item.type,
    (writer, value) => writer.raw(value),
    (value) => [value],
  );
}

/** `opt T`, from a Candid record. */
export function optRecord(item: Shape<unknown>): Reply<Uint8Array | undefined> {
  return plain(
    opt(item).type,
    (writer, value) => (value === undefined ? writer.u8(0) : writer.u8(1).raw(value)),
    (value) => (value === undefined ? [] : [value]),
  );
}

/** `vec T`, from Candid records. */
export function vecOfRecords(item: Shape<unknown>): Reply<readonly Uint8Array[]> {
  return plain(vec(item).type, writeItems, (items) => items);
}

export function nat32Reply(): Reply<number> {
  return plain(nat32.type, (writer, value) => writer.u32(value));
}

/** Fields follow the order of `AgentStatus` in a message: by the hashes of their names. */
export function statusReply(): Reply<Status> {
  return plain(agentStatus.type, (writer, status) =>
    writer
      .u32(status.totalSessions)
      .u32(status.recentActivities)
      .u32(status.recentInteractions)
      .u32(status.activeSessions)
      .text(status.userId)
      .u32(status.connectedAgents)
      .u64(status.lastActivity),
  );
}

/** `vec record { name : text; url : text }` (ICRC-10). */
export function standardsReply(): Reply<readonly { readonly name: string; readonly url: string }[]> {
  return plain(vec(standard).type, (writer, standards) => {
    writer.leb128(standards.length);
    for (const { name, url } of standards) writer.text(encodeUtf8(url)).text(encodeUtf8(name));
  });
}

/** Fields follow the order of `HttpResponse` in a message: by the hashes of their names. */
export function httpReply(): Reply<HttpAnswer> {
  return plain(
    httpResponse.type,
    (writer, { status, headers, body }) => {
      writer.text(body).leb128(headers.length);
      for (const pair of headers) for (const text of pair) writer.text(encodeUtf8(text));
      writer.u16(status);
    },
    ({ body }) => [body],
  );
}

/** Of a method that returns nothing. */
export function emptyReply(): Reply<void> {
  const message = encodeHeader([]);
  return { type: undefined, encode: () => message };
}

const NO_RECORDS: readonly Uint8Array[] = [];

type Records<R> = (value: R) => readonly Uint8Array[];

function plain<R>(type: CandidType, write: Write<R>, records?: Records<R>): Reply<R> {
  const header = encodeHeader([type]);
  return {
    type,
    encode(value) {
      const writer = writerFor(header, records?.(value));
      write(writer, value);
      return writer.finish();
    },
  };
}

/** `variant { Ok; Err }`, with the value of `Ok` written by `write`. */
export function result<R>(ok: CandidType, write: Write<R>, records?: Records<R>): Reply<R> {
  return resultWith(agentErrors, ok, write, records);
}

function resultWith<R>(errors: ErrorCandid, ok: CandidType, write: Write<R>, records?: Records<R>): Reply<R> {
  const type = { code: TypeCode.variant, fields: [['Ok', ok] as const, ['Err', errors.type] as const] };
  const header = encodeHeader([type]);
  return {
    type,
    encode(value) {
      const writer = writerFor(header, records?.(value)).u8(OK);
      write(writer, value);
      return writer.finish();
    },
    encodeError(error) {
      const writer = writerFor(header).u8(ERR);
      errors.write(writer, error);
      return writer.finish();
    },
  };
}

function writerFor(header: Uint8Array, records: readonly Uint8Array[] = NO_RECORDS): ByteWriter {
  let size = header.length + SLACK;
  for (const record of records) size += record.length;
  return new ByteWriter(size).raw(header);
}

/** `next_cursor` comes before `items` by the hashes of their names. */
function writePage(writer: ByteWriter, page: Page): void {
  writer.optText(page.nextCursor);
  writeItems(writer, page.items);
}

function writeItems(writer: ByteWriter, items: readonly Uint8Array[]): void {
  writer.leb128(items.length);
  for (const item of items) writer.raw(item);
}
