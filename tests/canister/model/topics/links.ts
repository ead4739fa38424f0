import { Principal } from '@dfinity/principal';
import type { Arguments } from '../arguments.ts';
import { checkText, checkUserId, MINUTE } from '../checks.ts';
import { tell } from '../log.ts';
import {
  type Call,
  checkNewUserId,
  invalid,
  type Model,
  makeUser,
  Refused,
  SEVERAL,
  userOf,
} from '../state.ts';

const LIFE = 10n * MINUTE;
const TRIES = 5;

export function checkLinkable(m: Model, userId: string): void {
  checkUserId(userId);
  if (isPrincipal(userId)) throw invalid('user_id');
  checkNewUserId(userId);
  if (userOf(m, userId)?.owner !== undefined) throw new Refused('Conflict');
}

/** The code is the canister's to make. */
export function issueCode(m: Model, call: Call, { user_id }: Arguments, code: string) {
  checkLinkable(m, user_id);
  const user = userOf(m, user_id) ?? makeUser(m, user_id);
  const until = m.now + LIFE;
  user.code = { code, until };
  m.codes.push(code);
  tell(m, user, {
    kind: 'LinkCodeIssued',
    agent_type: SEVERAL,
    description: 'Link code issued',
    actor: call.principal,
  });
  return { code, expires_at: until };
}

export function redeemCode(m: Model, call: Call, { code }: Arguments) {
  checkText('code', code, 64);
  const before = m.tries.get(call.principal);
  const tries = before !== undefined && before.until > m.now ? before : { wrong: 0, until: m.now + LIFE };
  if (tries.wrong >= TRIES) throw new Refused('RateLimited', { retry_after_ns: tries.until - m.now });
  const user = m.users.find((each) => each.code?.code === code);
  if (user?.code === undefined) {
    m.tries.set(call.principal, { ...tries, wrong: tries.wrong + 1 });
    throw new Refused('NotFound');
  }
  if (user.code.until <= m.now) throw new Refused('Expired');
  user.code = undefined;
  user.owner = { principal: call.principal, since: m.now };
  const metadata = JSON.stringify({ principal: call.principal });
  tell(m, user, {
    kind: 'UserLinked',
    agent_type: SEVERAL,
    description: 'User linked',
    metadata,
    actor: call.principal,
  });
  return { user_id: user.user_id };
}

export function unlinkUser(m: Model, call: Call, { user_id }: Arguments): null {
  checkUserId(user_id);
  const user = userOf(m, user_id);
  if (user?.owner === undefined) throw new Refused('NotFound');
  const metadata = JSON.stringify({ principal: user.owner.principal });
  user.owner = undefined;
  tell(m, user, {
    kind: 'UserUnlinked',
    agent_type: SEVERAL,
    description: 'User unlinked',
    metadata,
    actor: call.principal,
  });
  return null;
}

export function usersOf(m: Model, { principal }: Call) {
  const linked = m.users.filter(({ owner }) => owner?.principal === principal);
  const inOrder = linked.sort(
    (left, right) =>
      m.log.findLastIndex(isLinkOf(left.user_id)) - m.log.findLastIndex(isLinkOf(right.user_id)),
  );
  return [
    { user_id: principal, linked_at: null },
    ...inOrder.map(({ user_id, owner }) => ({ user_id, linked_at: owner?.since ?? null })),
  ];
}

function isLinkOf(userId: string) {
  return ({ kind, user }: Model['log'][number]) => kind === 'UserLinked' && user?.user_id === userId;
}

function isPrincipal(text: string): boolean {
  try {
    return Principal.fromText(text).toText() === text;
  } catch {
    return false;
  }
}
