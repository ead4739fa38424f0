import { ByteWriter, encodeUtf8, recordWriter, type Text } from '../../codec/index.ts';
import { bitOf, codesIn, isKeptFrom, type Rights } from '../../models/access/rights.ts';
import { invalidArgument } from '../../models/agent-error.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { writeAgentType } from '../../models/credentials/credential-info.ts';
import { credentialStates, stateAt } from '../../models/credentials/credential-state.ts';
import {
  type Credentials,
  deadlineAfter,
  type StoredCredentials,
  stateRecordOf,
} from '../../models/credentials/credentials.ts';
import { type DueKind, dueOf } from '../../models/credentials/due.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, PAGE_VISITS } from '../../policy/limits/limits.ts';
import { checkLimit, checkUserId } from '../../policy/validation/validation.ts';
import { type DueHour, hourOf } from '../../storage/credentials/due-index.ts';
import { credentialKey, decodeCredentialKey } from '../../storage/keys.ts';
import type { Store } from '../../storage/store.ts';
import { type Page, ReplyItems } from '../listing.ts';
import { decodeAccountCursor, encodeAccountCursor, FIRST_ACCOUNT } from './account-cursor.ts';

interface DueRequest {
  readonly filter: { readonly user_id: Text; readonly agent_type: AgentType | undefined } | undefined;
  readonly kind: DueKind;
  /** Nanoseconds. */
  readonly before: bigint;
  readonly since: bigint | undefined;
  readonly limit: number | undefined;
  readonly cursor: Text | undefined;
}

/** Who looks at them. */
interface DueReader {
  readonly rights: Rights;
  /** Whether the user with this number has blocked the caller. */
  readonly isBlockedBy: (user: number) => boolean;
}

/** A connection at a time (ns). */
interface DueAt {
  readonly credentials: Credentials;
  readonly dueAt: bigint;
  readonly state: number;
  readonly now: bigint;
}

/** Where a page over all users begins: the key of a credential in the list of an hour, or its first one. */
interface DuePlace {
  readonly hour: number;
  readonly key: Uint8Array | undefined;
}

const writeDue = recordWriter<DueAt>([
  ['user_id', (writer, { credentials }) => writer.text(credentials.userId)],
  ['agent_type', (writer, { credentials }) => writeAgentType(writer, credentials)],
  ['account', (writer, { credentials }) => writer.optText(credentials.account)],
  ['due_at', (writer, { dueAt }) => writer.u64(dueAt)],
  ['state', (writer, { state }) => writer.u8(credentialStates.wireIndexOf(state))],
  ['state_reason', (writer, { credentials }) => writer.optText(credentials.stateReason)],
  ['has_grant', (writer, { credentials }) => writer.bool(credentials.tokenData !== undefined)],
  ['is_private', (writer, { credentials }) => writer.bool(credentials.isPrivate)],
  ['refresh_deadline', (writer, { credentials, now }) => writer.optU64(deadlineAfter(credentials, now))],
  ['refresh_failures', (writer, { credentials }) => writer.u32(credentials.failures)],
  ['last_failure_at', (writer, { credentials }) => writer.optU64(credentials.failedAt)],
]);

/** Lists the connections whose token ends, or that failed, before a time. */
export class DueList {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** As Candid records: of one user in the order of their accounts, of all users by the hour. */
  page(request: DueRequest, call: Caller, reader: DueReader): Page {
    const limit = checkLimit('limit', request.limit, DEFAULT_ITEMS.accounts);
    if (request.filter === undefined) return this.#ofAll(request, limit, call, reader);
    return this.#ofUser({ ...request, ...request.filter }, limit, call, reader.rights);
  }

  #ofUser(
    request: DueRequest & { readonly user_id: Text; readonly agent_type: AgentType | undefined },
    limit: number,
    call: Caller,
    rights: Rights,
  ): Page {
    checkUserId('user_id', request.user_id);
    const { cursor, agent_type } = request;
    const from = cursor === undefined ? FIRST_ACCOUNT : decodeAccountCursor(cursor.value);
    const items = new ReplyItems();
    const user = this.#store.users.numberOf(request.user_id.utf8);
    if (user === undefined) return { items: items.list, nextCursor: undefined };
    const wanted = agent_type === undefined ? undefined : agentTypes.codeOf(agent_type);
    const codes = codesIn(agentTypes, rights.read).filter((code) => wanted === undefined || code === wanted);
    for (const account of this.#store.credentials.from(user, codes, from)) {
      const isOver = items.list.length === limit || (items.list.length > 0 && call.work.isSpent());
      if (isOver || !this.#addTo(items, account.stored, request, { rights, now: call.now }))
        return { items: items.list, nextCursor: encodeUtf8(encodeAccountCursor(account)) };
    }
    return { items: items.list, nextCursor: undefined };
  }

  #ofAll(request: DueRequest, limit: number, call: Caller, { rights, isBlockedBy }: DueReader): Page {
    const { credentials, erasures } = this.#store;
    const items = new ReplyItems();
    let visits = 0;
    for (const { place, key } of this.#from(request)) {
      const isSpent = visits > 0 && !call.work.step();
      if (isSpent || items.list.length >= limit || visits === PAGE_VISITS)
        return { items: items.list, nextCursor: encodeCursor({ hour: place.hour, key }) };
      visits++;
      const { user, typeCode } = decodeCredentialKey(key);
      const isHidden = (rights.read & bitOf(typeCode)) === 0 || erasures.has(user) || isBlockedBy(user);
      const stored = isHidden ? undefined : credentials.at(key);
      if (stored === undefined) continue;
      if (!this.#addTo(items, stored, request, { rights, now: call.now }))
        return { items: items.list, nextCursor: encodeCursor({ hour: place.hour, key }) };
    }
    return { items: items.list, nextCursor: undefined };
  }

  /** The keys of the index from where the page begins, until the hour in which `before` is. */
  *#from({ kind, before, since, cursor }: DueRequest): Generator<{ place: DueHour; key: Uint8Array }> {
    const { due } = this.#store;
    const start: DuePlace =
      cursor === undefined ? { hour: hourOf(since ?? 0n), key: undefined } : decodeCursor(cursor);
    const last = hourOf(before);
    let hour = due.nextHour({ kind, hour: start.hour });
    // One that has left its hour since has no place any more: the hour begins anew, so that none is missed.
    let key =
      start.key !== undefined && due.isIn({ kind, hour: start.hour }, start.key) ? start.key : undefined;
    while (hour !== undefined && hour <= last) {
      const place = { kind, hour };
      for (key ??= due.first(place); key !== undefined; key = due.after(key)) yield { place, key };
      hour = due.nextHour({ kind, hour: hour + 1 });
    }
  }

  /** Adds a connection if it is one of those that are asked for; false where it does not fit. */
  #addTo(
    items: ReplyItems,
    stored: StoredCredentials,
    { kind, before, since }: DueRequest,
    { rights, now }: { readonly rights: Rights; readonly now: bigint },
  ): boolean {
    const due = dueOf(stored);
    if (due === undefined || due.kind !== kind || due.time >= before) return true;
    if (since !== undefined && due.time < since) return true;
    if (isKeptFrom(rights, stored)) return true;
    const credentials = stored.decode();
    const { state } = stateAt(stateRecordOf(credentials), now, this.#store.settings.grantNs);
    const writer = new ByteWriter();
    writeDue(writer, { credentials, dueAt: due.time, state: credentialStates.codeOf(state), now });
    return items.add(writer.finish());
  }
}

/** The hour, then the numbers of a credential's key. */
function encodeCursor({ hour, key }: { readonly hour: number; readonly key: Uint8Array }): Uint8Array {
  const { user, typeCode, slot } = decodeCredentialKey(key);
  return encodeUtf8(`${hour}.${user}.${typeCode}.${slot}`);
}

function decodeCursor(cursor: Text): DuePlace {
  const parts = /^([0-9]{1,8})\.([0-9]{1,10})\.([0-9]{1,3})\.([0-9]{1,3})$/.exec(cursor.value);
  const [hour, user, typeCode, slot] = (parts ?? []).slice(1).map(Number);
  if (hour === undefined || user === undefined || typeCode === undefined || slot === undefined)
    throw invalidArgument('cursor', 'must be the next_cursor of an earlier page');
  return { hour, key: credentialKey(user, typeCode, slot) };
}
