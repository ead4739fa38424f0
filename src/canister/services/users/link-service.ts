import { encodeUtf8, type Text } from '../../codec/index.ts';
import type { ActivityType } from '../../models/activity-type.ts';
import { invalidArgument, notFound, Refusal } from '../../models/agent-error.ts';
import { SEVERAL_TYPES } from '../../models/agent-type.ts';
import { hashLinkCode, makeLinkCode } from '../../models/users/link-code.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import { linkCodeBody, linkedUserBody, type Owner, ownedUserBody } from '../../models/users/user-link.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { encodePrincipal, isPrincipalText } from '../../policy/access/principals.ts';
import { LIMITS, LINK_CODE_NS } from '../../policy/limits/limits.ts';
import { checkRoom, roomFor } from '../../policy/limits/quotas.ts';
import { checkNewUserId } from '../../policy/validation/new-user-id.ts';
import { checkText, checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { type ActivityService, metadataNaming } from '../audit/activity-service.ts';
import type { Epochs } from '../sealing/epochs.ts';
import type { UserHeads } from '../user-heads.ts';
import type { RedemptionTries } from './redemption-tries.ts';

const EVENTS = {
  issued: event('LinkCodeIssued', 'Link code issued'),
  linked: event('UserLinked', 'User linked'),
  unlinked: event('UserUnlinked', 'User unlinked'),
};

const ROOM = roomFor('bytes');

const NAMING_PRINCIPAL = encodeUtf8('{"principal":"');

interface LinkServiceOptions {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly activities: ActivityService;
  readonly epochs: Epochs;
  readonly tries: RedemptionTries;
}

/**
 * Makes principals the owners of user_ids: an agent asks for a code and hands it to its user, who redeems it as themself. A user_id has one
 * owner at a time. The text of a principal belongs to that one, and is never linked.
 */
export class LinkService {
  readonly #store: Store;
  readonly #heads: UserHeads;
  readonly #activities: ActivityService;
  readonly #epochs: Epochs;
  readonly #tries: RedemptionTries;

  constructor({ store, heads, activities, epochs, tries }: LinkServiceOptions) {
    this.#store = store;
    this.#heads = heads;
    this.#activities = activities;
    this.#epochs = epochs;
    this.#tries = tries;
  }

  /** Refuses a code for a user_id that cannot be linked, or can be taken for another, however long it is there: Conflict where it is linked already. */
  checkLinkable({ user_id }: { readonly user_id: Text }): void {
    checkUserId('user_id', user_id);
    if (isPrincipalText(user_id.utf8)) {
      throw invalidArgument('user_id', 'must not be the text of a principal, which owns it already');
    }
    checkNewUserId('user_id', user_id);
    const user = this.#store.users.numberOf(user_id.utf8);
    if (user !== undefined && this.#store.links.owner(user) !== undefined) {
      throw new Refusal({
        kind: 'Conflict',
        message: 'the user_id is linked already; its owner can unlink it',
      });
    }
  }

  /** Makes a code in the place of one that was open for the user_id; returns it as a Candid record. */
  issueCode(args: { readonly user_id: Text }, call: Caller, random: Uint8Array): Uint8Array {
    this.checkLinkable(args);
    const { code, hash } = makeLinkCode(random);
    const expiresAt = call.now + LINK_CODE_NS;
    const userId = args.user_id.utf8;
    const head = this.#heads.getOrCreate(args.user_id, call, { room: ROOM });
    this.#store.links.put(head.user, { userId, owner: undefined, code: { hash, expiresAt } });
    this.#record(head, { ...EVENTS.issued, userId }, call);
    return linkCodeBody(code, expiresAt);
  }

  /**
   * Makes the caller the owner of the user_id that the code is for, and returns that as a Candid record. NotFound for a code that was never
   * made, was used or replaced; Expired for one that comes late; RateLimited after some wrong ones.
   */
  redeem({ code }: { readonly code: Text }, call: Caller): Uint8Array {
    checkText('code', code, LIMITS.linkCodeBytes);
    this.#tries.check(call.principal, call.now);
    const hash = hashLinkCode(code.value);
    const [user] = hash === undefined ? [] : this.#store.links.usersOf(hash);
    const link = user === undefined ? undefined : this.#store.links.get(user);
    if (user === undefined || link?.code === undefined) {
      this.#tries.noteWrong(call.principal, call.now);
      throw notFound();
    }
    if (link.code.expiresAt <= call.now) {
      throw new Refusal({ kind: 'Expired', message: 'the code has expired; the agent can make a new one' });
    }
    checkRoom('linked user_ids', this.#store.links.usersOf(call.principal).length, LIMITS.linkedUsers);
    const owner = { principal: call.principal, since: call.now };
    this.#store.links.put(user, { ...link, owner, code: undefined });
    this.#record(this.#store.users.byNumber(user), { ...EVENTS.linked, userId: link.userId, owner }, call);
    return linkedUserBody(link.userId);
  }

  /** Takes a user_id from its owner, so that it can be linked anew. What is stored, and grants, stay. */
  unlink({ user_id }: { readonly user_id: Text }, call: Caller): void {
    checkUserId('user_id', user_id);
    const head = this.#heads.get(user_id);
    const link = this.#store.links.get(head.user);
    if (link?.owner === undefined) throw notFound();
    const { owner, userId } = link;
    this.#store.links.put(head.user, { ...link, owner: undefined });
    this.#epochs.moveOwner(head.user);
    this.#record(head, { ...EVENTS.unlinked, userId, owner }, call);
  }

  /** The user_ids of a caller as Candid records: the text of their principal, and those that are linked to it. */
  ownedBy(principal: Uint8Array): Uint8Array[] {
    const linked = this.#store.links.usersOf(principal).flatMap((user) => this.#store.links.get(user) ?? []);
    return [
      ownedUserBody(encodePrincipal(principal), undefined),
      ...linked.map(({ userId, owner }) => ownedUserBody(userId, owner?.since)),
    ];
  }

  #record(
    head: UserHead,
    {
      owner,
      ...happened
    }: ReturnType<typeof event> & { readonly userId: Uint8Array; readonly owner?: Owner },
    call: Caller,
  ): void {
    const metadata =
      owner === undefined ? undefined : metadataNaming(NAMING_PRINCIPAL, encodePrincipal(owner.principal));
    this.#activities.record(
      head,
      { ...happened, agentType: SEVERAL_TYPES, metadata },
      call.principal,
      call.now,
    );
    this.#store.users.save(head);
  }
}

function event(activityType: ActivityType, description: string) {
  return { activityType, description: encodeUtf8(description) };
}
