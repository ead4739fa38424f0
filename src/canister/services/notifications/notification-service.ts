import type { Text } from '../../codec/index.ts';
import { OWNERS_RIGHTS } from '../../models/access/rights.ts';
import type { ActivityType } from '../../models/activity-type.ts';
import type { AgentType } from '../../models/agent-type.ts';
import {
  channelsFor,
  type NotificationChannel,
  type NotificationRule,
  notificationBody,
  setNotificationCount,
} from '../../models/notifications/notifications.ts';
import { encodeId } from '../../models/record-id.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, LIMITS, PAGE_VISITS } from '../../policy/limits/limits.ts';
import { anyRoom, roomOfOwner } from '../../policy/limits/quotas.ts';
import { checkLength, checkLimit, checkSome, checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { type Page, ReplyItems, startOf } from '../listing.ts';
import type { UserHeads } from '../user-heads.ts';
import { FailureGroups } from './failure-groups.ts';

/** Instructions for the page, so that there are some left for counting what is unread. */
const PAGE_WORK = 250_000_000;

interface OfUser {
  readonly user_id: Text;
}

/** A rule as the user sends it. */
interface RuleArguments {
  readonly activity_types: readonly ActivityType[] | undefined;
  readonly agent_type: AgentType | undefined;
  readonly channels: readonly NotificationChannel[];
}

export interface NotificationPage extends Page {
  readonly unread: number;
}

/** What a user wants to hear of, and what of it they have not read. Nothing is written when something happens: activities are matched when they are read. */
export class NotificationService {
  readonly #store: Store;
  readonly #heads: UserHeads;

  constructor(store: Store, heads: UserHeads) {
    this.#store = store;
    this.#heads = heads;
  }

  rules({ user_id }: OfUser): readonly NotificationRule[] {
    checkUserId('user_id', user_id);
    return this.#store.notifications.get(this.#store.users.numberOf(user_id.utf8)).rules;
  }

  /** Puts rules in the place of those before; returns them. */
  update(
    args: OfUser & { readonly rules: readonly RuleArguments[] },
    call: Caller,
  ): readonly NotificationRule[] {
    checkUserId('user_id', args.user_id);
    checkLength('rules', args.rules, LIMITS.notificationRules);
    const rules = args.rules.map(ruleOf);
    const room = rules.length > 0 ? roomOfOwner : anyRoom;
    const head = this.#heads.getOrCreate(args.user_id, call, { room });
    const { readUpTo } = this.#store.notifications.get(head.user);
    this.#store.notifications.put(head.user, { rules, readUpTo });
    this.#store.users.save(head);
    return rules;
  }

  /**
   * The activities that the rules name, newest first, each with whether it is unread and the channels that it is told by. Failures of a kind are told as
   * one, by the newest, as `FailureGroups` has it. A group that a full page does not end is told in the next one with the rest.
   */
  page(
    request: OfUser & { readonly limit: number | undefined; readonly cursor: Text | undefined },
    work: Work,
  ): NotificationPage {
    checkUserId('user_id', request.user_id);
    const limit = checkLimit('limit', request.limit, DEFAULT_ITEMS.notifications);
    const head = this.#store.users.find(request.user_id.utf8);
    const ofUser = { agent_type: undefined, cursor: request.cursor };
    const from = startOf(this.#store.activities, head, ofUser, { kind: 'activity', rights: OWNERS_RIGHTS });
    if (head === undefined) return { items: [], nextCursor: undefined, unread: 0 };
    const { rules, readUpTo } = this.#store.notifications.get(head.user);
    const told: Told = { head, readUpTo, channelsOf: channelsFor(rules) };
    const page =
      from === 'gone'
        ? { items: [], nextCursor: undefined }
        : this.#items(told, { from, limit, work: work.part(PAGE_WORK) });
    return { ...page, unread: this.#unread(told, work) };
  }

  /**
   * Marks what came up to an activity as read; what was read before stays so. An index past the newest activity of the service marks all that is there, so
   * that the answer is the same for every index.
   */
  markRead({ user_id, up_to }: OfUser & { readonly up_to: bigint }): void {
    checkUserId('user_id', user_id);
    const user = this.#store.users.numberOf(user_id.utf8);
    if (user === undefined) return;
    const before = this.#store.notifications.get(user);
    const readUpTo = Math.min(Number(up_to), this.#store.activities.last);
    if (readUpTo > before.readUpTo) this.#store.notifications.put(user, { ...before, readUpTo });
  }

  #items(
    { head, readUpTo, channelsOf }: Told,
    { from, limit, work }: { readonly from: number | undefined; readonly limit: number; readonly work: Work },
  ): Page {
    const items = new ReplyItems();
    const counts: number[] = [];
    const groups = new FailureGroups();
    let visits = 0;
    let next = 0;
    this.#store.activities.walk(head, { from }, (record, index) => {
      next = index;
      if (visits === PAGE_VISITS || (!work.step(record.bytes.length) && visits > 0)) return false;
      const channels = channelsOf(record);
      const unread = index > readUpTo;
      const place = channels === undefined ? undefined : groups.placeOf(record, unread);
      const isPassed = channels === undefined && groups.isOpen(record);
      if (items.list.length === limit && place === undefined && !isPassed) return false;
      visits++;
      if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
      else if (channels !== undefined) {
        const isGrouped = groups.begin(record, unread, items.list.length);
        if (!items.add(notificationBody(record, { index, unread, channels, isGrouped }))) return false;
        counts.push(1);
      }
      next = 0;
      return true;
    });
    for (const [place, item] of items.list.entries()) {
      const count = counts[place] ?? 1;
      if (count > 1) setNotificationCount(item, count);
    }
    return { items: items.list, nextCursor: next === 0 ? undefined : encodeId('activity', next) };
  }

  /** Groups count as one. */
  #unread({ head, readUpTo, channelsOf }: Told, work: Work): number {
    const groups = new FailureGroups();
    let unread = 0;
    let visits = 0;
    this.#store.activities.walk(head, {}, (record, sequence) => {
      if (sequence <= readUpTo) return false;
      if (channelsOf(record) !== undefined && groups.placeOf(record, true) === undefined) {
        groups.begin(record, true, unread);
        unread++;
      }
      return unread < LIMITS.unread && ++visits < PAGE_VISITS && work.step(record.bytes.length);
    });
    return unread;
  }
}

/** Whose activities are told, and which. */
interface Told {
  readonly head: UserHead;
  readonly readUpTo: number;
  readonly channelsOf: ReturnType<typeof channelsFor>;
}

function ruleOf({ activity_types, agent_type, channels }: RuleArguments): NotificationRule {
  checkSome('rules.activity_types', activity_types);
  const activityTypes = activity_types === undefined ? undefined : [...new Set(activity_types)];
  return { activityTypes, agentType: agent_type, channels };
}
