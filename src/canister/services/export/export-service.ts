import { decodeUtf8, encodeUtf8, type Text } from '../../codec/index.ts';
import type { Rights } from '../../models/access/rights.ts';
import { invalidArgument, notFound } from '../../models/agent-error.ts';
import { agentTypes } from '../../models/agent-type.ts';
import type { LogRecord } from '../../models/log-record.ts';
import type { ChainKind } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import { EXPORT_BYTES, EXPORT_ITEMS } from '../../policy/limits/limits.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { AccountPlace } from '../../storage/credentials/credential-store.ts';
import type { Store } from '../../storage/store.ts';
import { decodeAccountCursor, encodeAccountCursor, FIRST_ACCOUNT } from '../credentials/account-cursor.ts';
import { pageOf, ReplyItems } from '../listing.ts';
import {
  activityJson,
  credentialsJson,
  interactionJson,
  profileJson,
  recordsJson,
  sessionJson,
} from './export-json.ts';

/** JSON text, and where the next page begins; undefined at the end. Both are UTF-8. */
export interface ExportPage {
  readonly page: Uint8Array;
  readonly nextCursor: Uint8Array | undefined;
}

const FORMAT = 'agent-service-export-1';

/** The logs of an export in their order; the profile has no cursor of its own. */
const LOGS = ['sessions', 'interactions', 'activities'] as const;
type LogName = (typeof LOGS)[number];

/** The part for the credentials that did not fit into the profile's page. */
const CREDENTIALS = 'credentials';

const KINDS: Readonly<Record<LogName, ChainKind>> = {
  sessions: 'session',
  interactions: 'interaction',
  activities: 'activity',
};

const JSON_OF: Readonly<Record<LogName, (record: LogRecord, sequence: number, work: Work) => Uint8Array>> = {
  sessions: sessionJson,
  interactions: interactionJson,
  activities: activityJson,
};

/** Instructions that the records of a page may take, and that one record may. */
const PAGE_WORK = 250_000_000;
const RECORD_WORK = 500_000_000;

/** All that is held about a user, page by page, as docs/reference/export.md describes it. Tokens are not part of it. */
export class ExportService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  page(
    args: { readonly user_id: Text; readonly cursor: Text | undefined },
    rights: Rights,
    work: Work,
  ): ExportPage {
    checkUserId('user_id', args.user_id);
    const user = this.#store.users.numberOf(args.user_id.utf8);
    if (user === undefined) throw notFound();
    if (args.cursor === undefined) return this.#profilePage(args.user_id, user, work);
    const [part, cursor = ''] = args.cursor.value.split(':', 2);
    if (part === CREDENTIALS) return this.#credentialsPage(user, decodeAccountCursor(cursor), work);
    const log = LOGS.find((name) => name === part);
    if (log === undefined) throw invalidArgument('cursor', 'must be the next_cursor of an earlier page');
    return this.#logPage(
      { userId: args.user_id, log, cursor: cursor === '' ? undefined : cursor },
      rights,
      work,
    );
  }

  #profilePage(userId: Text, user: number, work: Work): ExportPage {
    const { items, next } = this.#credentials(user, FIRST_ACCOUNT, work);
    const page = profileJson({
      format: FORMAT,
      userId: userId.utf8,
      owner: this.#store.links.get(user)?.owner,
      credentials: items,
      grants: this.#store.grants.ofUser(user),
      blocks: this.#store.blocks.ofUser(user),
      notifications: this.#store.notifications.get(user),
    });
    return { page, nextCursor: cursorAfterCredentials(next) };
  }

  #credentialsPage(user: number, from: AccountPlace, work: Work): ExportPage {
    const { items, next } = this.#credentials(user, from, work);
    return { page: recordsJson(FORMAT, CREDENTIALS, items), nextCursor: cursorAfterCredentials(next) };
  }

  /** A user's accounts from one on, as many as fit, and the next one. */
  #credentials(
    user: number,
    from: AccountPlace,
    work: Work,
  ): { readonly items: readonly Uint8Array[]; readonly next: AccountPlace | undefined } {
    const items = new ReplyItems(EXPORT_BYTES);
    const page = work.part(PAGE_WORK);
    for (const account of this.#store.credentials.from(user, ALL_CODES, from)) {
      const isFull =
        (items.list.length > 0 && page.isSpent()) ||
        !items.add(credentialsJson(account.stored.decode(), work.part(RECORD_WORK)));
      if (isFull) return { items: items.list, next: account };
    }
    return { items: items.list, next: undefined };
  }

  #logPage(
    {
      userId,
      log,
      cursor,
    }: { readonly userId: Text; readonly log: LogName; readonly cursor: string | undefined },
    rights: Rights,
    work: Work,
  ): ExportPage {
    const request = {
      user_id: userId,
      agent_type: undefined,
      from: undefined,
      until: undefined,
      limit: EXPORT_ITEMS,
      cursor: cursor === undefined ? undefined : { utf8: encodeUtf8(cursor), value: cursor },
    };
    const { items, nextCursor } = pageOf(this.#store, log, request, {
      kind: KINDS[log],
      work: work.part(PAGE_WORK),
      rights,
      byDefault: EXPORT_ITEMS,
      body: (record, sequence) => JSON_OF[log](record, sequence, work.part(RECORD_WORK)),
      timestamp: () => 0n,
      matches: () => true,
    });
    const after = LOGS[LOGS.indexOf(log) + 1];
    const next = nextCursor === undefined ? after && `${after}:` : `${log}:${decodeUtf8(nextCursor)}`;
    return {
      page: recordsJson(FORMAT, log, items),
      nextCursor: next === undefined ? undefined : encodeUtf8(next),
    };
  }
}

const ALL_CODES = [...agentTypes.names.keys()];

function cursorAfterCredentials(next: AccountPlace | undefined): Uint8Array {
  return encodeUtf8(next === undefined ? `${LOGS[0]}:` : `${CREDENTIALS}:${encodeAccountCursor(next)}`);
}
