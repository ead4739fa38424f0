import { ByteWriter, encodeUtf8, recordWriter, type Text } from '../../codec/index.ts';
import { codesIn, isKeptFrom, type Rights } from '../../models/access/rights.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { encodeId } from '../../models/record-id.ts';
import { formOf, type SecretForm, writeSecretForm } from '../../models/sealing/secret-form.ts';
import { decodeSession, isSessionOpen } from '../../models/sessions/session.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, PAGE_VISITS } from '../../policy/limits/limits.ts';
import { checkLimit, checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { type Page, ReplyItems } from '../listing.ts';
import type { Epochs } from '../sealing/epochs.ts';
import { firstUser } from '../users/user-cursor.ts';
import { userIdOf } from '../users/user-ids.ts';
import { FIRST_ACCOUNT } from './account-cursor.ts';

interface UnsealedRequest {
  readonly filter: { readonly user_id: Text; readonly agent_type: AgentType | undefined } | undefined;
  readonly limit: number | undefined;
  readonly cursor: Text | undefined;
}

/** Who looks at them. */
interface UnsealedReader {
  readonly rights: Rights;
  /** Whether the user with this number has blocked the caller. */
  readonly isBlockedBy: (user: number) => boolean;
}

/** Secrets of one account or session. */
interface Found {
  readonly userId: Uint8Array;
  readonly typeCode: number;
  readonly account: Uint8Array | undefined;
  readonly sessionId: Uint8Array | undefined;
  readonly token: SecretForm | undefined;
  readonly tokenData: SecretForm | undefined;
}

const writeFound = recordWriter<Found>([
  ['user_id', (writer, { userId }) => writer.text(userId)],
  ['agent_type', (writer, { typeCode }) => writer.u8(agentTypes.wireIndexOf(typeCode))],
  ['account', (writer, { account }) => writer.optText(account)],
  ['session_id', (writer, { sessionId }) => writer.optText(sessionId)],
  ['token', (writer, { token }) => writeSecretForm(writer, token)],
  ['token_data', (writer, { tokenData }) => writeSecretForm(writer, tokenData)],
]);

/** Lists the secrets that are in clear, or sealed for others than today's recipients. */
export class UnsealedList {
  readonly #store: Store;
  readonly #epochs: Epochs;

  constructor({ store, epochs }: { readonly store: Store; readonly epochs: Epochs }) {
    this.#store = store;
    this.#epochs = epochs;
  }

  /** The newest users first, as Candid records. A cursor is the number of the next user to look at. */
  page({ filter, limit: most, cursor }: UnsealedRequest, call: Caller, reader: UnsealedReader): Page {
    const limit = checkLimit('limit', most, DEFAULT_ITEMS.accounts);
    const items = new ReplyItems();
    if (filter !== undefined) {
      checkUserId('user_id', filter.user_id);
      const head = this.#store.users.find(filter.user_id.utf8);
      if (head !== undefined) this.#ofUser(head, filter.agent_type, { items, rights: reader.rights, call });
      return { items: items.list, nextCursor: undefined };
    }
    const first = firstUser(cursor, this.#store.users.last);
    for (let user = first; user > 0; user--) {
      const isSpent = !call.work.step() && user < first;
      if (isSpent || items.list.length >= limit || first - user === PAGE_VISITS)
        return { items: items.list, nextCursor: encodeUtf8(`${user}`) };
      const isHidden = this.#store.erasures.has(user) || reader.isBlockedBy(user);
      const head = isHidden ? undefined : this.#store.users.findByNumber(user);
      const holdsNone = head === undefined || (head.credentials === 0 && head.activeSessions === 0);
      if (holdsNone) continue;
      // What does not fit onto a page of its own is listed when the rest of it is sealed.
      if (!this.#ofUser(head, undefined, { items, rights: reader.rights, call }) && user < first)
        return { items: items.list, nextCursor: encodeUtf8(`${user}`) };
    }
    return { items: items.list, nextCursor: undefined };
  }

  /** Adds those of a user; false where not all of them fit. */
  #ofUser(
    head: UserHead,
    agentType: AgentType | undefined,
    { items, rights, call }: { readonly items: ReplyItems; readonly rights: Rights; readonly call: Caller },
  ): boolean {
    const wanted = agentType === undefined ? undefined : agentTypes.codeOf(agentType);
    const codes = codesIn(agentTypes, rights.read).filter((code) => wanted === undefined || code === wanted);
    const found = [...this.#accounts(head, codes, rights, call), ...this.#sessions(head, codes, call)];
    for (const one of found) {
      const writer = new ByteWriter();
      writeFound(writer, one);
      if (!items.add(writer.finish())) return false;
    }
    return true;
  }

  /** Private accounts are left out for whoever could not seal them. */
  *#accounts(head: UserHead, codes: readonly number[], rights: Rights, { now }: Caller): Generator<Found> {
    if (head.credentials === 0) return;
    const userId = userIdOf(this.#store, head);
    for (const { typeCode, stored } of this.#store.credentials.from(head.user, codes, FIRST_ACCOUNT)) {
      const { isPrivate, account } = stored;
      if (isKeptFrom(rights, stored)) continue;
      const recipients = this.#epochs.recipients({ user: head.user, typeCode, isPrivate }, now);
      const { token, tokenData } = stored.secrets;
      const forms = { token: formOf(token, recipients), tokenData: formOf(tokenData, recipients) };
      if (isOpen(forms.token) || isOpen(forms.tokenData))
        yield { userId, typeCode, account, sessionId: undefined, ...forms };
    }
  }

  *#sessions(head: UserHead, codes: readonly number[], { now }: Caller): Generator<Found> {
    if (head.activeSessions === 0) return;
    const userId = userIdOf(this.#store, head);
    const found: Found[] = [];
    let visits = 0;
    let active = head.activeSessions;
    this.#store.sessions.walkTypes(head, codes, (record, sequence) => {
      if (isSessionOpen(record, now)) {
        active--;
        const { typeCode, user } = record;
        const recipients = this.#epochs.recipients({ user, typeCode, isPrivate: false }, now);
        const token = formOf(decodeSession(record).token, recipients);
        const sessionId = encodeId('session', sequence);
        if (isOpen(token))
          found.push({ userId, typeCode, account: undefined, sessionId, token, tokenData: undefined });
      }
      return active > 0 && ++visits < PAGE_VISITS;
    });
    yield* found;
  }
}

function isOpen(form: SecretForm | undefined): boolean {
  return form === 'clear' || form === 'stale';
}
