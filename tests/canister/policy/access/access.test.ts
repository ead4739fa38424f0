import { Principal } from '@dfinity/principal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_PERMISSIONS, ALL_TYPES, OWNERS_RIGHTS } from '../../../../src/canister/models/access/rights.ts';
import type { AgentTerms } from '../../../../src/canister/models/agents/agent.ts';
import { unlimitedWork } from '../../../../src/canister/models/work.ts';
import { Access, type Directory, type Subject } from '../../../../src/canister/policy/access/access.ts';
import { DEMANDS, type Need } from '../../../../src/canister/policy/access/demands.ts';
import { isTextOf } from '../../../../src/canister/policy/access/principals.ts';
import { arg } from '../../support/service-world.ts';

const BOT = Uint8Array.of(7, 7);
const NOW = 100n;
const EVERYTHING: AgentTerms = {
  agentTypes: ALL_TYPES,
  permissions: ALL_PERMISSIONS,
  scope: 'every_user',
  expiresAt: undefined,
  since: 0n,
};
const NEEDS = Object.keys(DEMANDS) as Need[];

/** The bot as an agent, and nobody as an admin, unless told otherwise. */
function setupAccess(known: Partial<Directory> = {}) {
  const agent = (principal: Uint8Array) => (principal === BOT ? EVERYTHING : undefined);
  return new Access({
    agent,
    isAdmin: () => false,
    grant: () => undefined,
    owner: () => undefined,
    isBlocked: () => false,
    ownsUser: () => false,
    ...known,
  });
}

function callerOf(principal: Uint8Array, isController = false) {
  return { principal, isController: () => isController, now: NOW, work: unlimitedWork() };
}

function subjectOf(userId: string, typeCode?: number): Subject {
  return { userId: () => arg(userId).utf8, user: () => 1, typeCode };
}

describe('Access', () => {
  it('refuses the anonymous caller before the arguments are read, even where it is an agent, an admin and a controller', () => {
    const access = setupAccess({ agent: () => EVERYTHING, isAdmin: () => true });
    const anonymous = callerOf(Principal.anonymous().toUint8Array(), true);
    for (const need of NEEDS) expect(() => access.enter(anonymous, need)).toThrow('Unauthorized: anonymous');
    expect(() => access.requireAdmin(anonymous)).toThrow('Unauthorized: anonymous');
    expect(() => access.requireEveryUser(anonymous)).toThrow('Unauthorized: anonymous');
    expect(() => access.requireEveryRight(anonymous)).toThrow('Unauthorized: anonymous');
    expect(() => access.requireIdentity(anonymous)).toThrow('Unauthorized: anonymous');
  });

  it('refuses who is no agent before the arguments are read, where agents alone may call', () => {
    const stranger = callerOf(Uint8Array.of(9), true);
    expect(() => setupAccess().enter(stranger, 'write')).toThrow('Unauthorized: the caller is not an agent');
    const expired = { agent: () => ({ ...EVERYTHING, expiresAt: NOW }) };
    expect(() => setupAccess(expired).enter(callerOf(BOT), 'write')).toThrow('the agent has expired');
  });

  it('looks neither at the user_id nor for a user where an agent may do all', () => {
    const unread = () => {
      throw new Error('looked up');
    };
    for (const need of ['read', 'readEveryType', 'write', 'end'] as const) {
      const decide = setupAccess({ isAdmin: unread, grant: unread }).enter(callerOf(BOT), need);
      expect(decide({ userId: unread, user: unread, typeCode: 0 }).secrets).toBe(ALL_TYPES);
    }
  });

  it('gives an agent the rights of a user where it is one', () => {
    const text = Principal.fromUint8Array(BOT).toText();
    const access = setupAccess({ agent: () => ({ ...EVERYTHING, permissions: 0b010 }) });
    expect(access.enter(callerOf(BOT), 'own')(subjectOf(text))).toEqual({
      ...OWNERS_RIGHTS,
      write: ALL_TYPES,
    });
    expect(() => access.enter(callerOf(BOT), 'own')(subjectOf('another'))).toThrow('only the user');
  });

  it('gives who is linked to a user the rights of one, and nobody else', () => {
    const access = setupAccess({ owner: (user) => (user === 1 ? Uint8Array.of(9) : undefined) });
    const subject = subjectOf('alice');
    expect(access.enter(callerOf(Uint8Array.of(9)), 'own')(subject)).toEqual(OWNERS_RIGHTS);
    for (const other of [Uint8Array.of(8), Uint8Array.of(9, 9), BOT]) {
      expect(() => access.enter(callerOf(other), 'own')(subject)).toThrow('only the user');
    }
    const stranger = { ...subject, user: () => undefined };
    expect(() => access.enter(callerOf(Uint8Array.of(9)), 'own')(stranger)).toThrow('only the user');
  });

  it('lets no agent link users that has not every right', () => {
    const lesser: Partial<AgentTerms>[] = [
      { permissions: 0b011 },
      { permissions: 0b110 },
      { permissions: 0b101 },
      { agentTypes: 0b01111 },
      { scope: 'granted_users' },
      { expiresAt: NOW },
    ];
    for (const less of lesser) {
      const access = setupAccess({ agent: () => ({ ...EVERYTHING, ...less }), grant: () => EVERYTHING });
      expect(() => access.requireEveryRight(callerOf(BOT))).toThrow('every permission for every user');
    }
    expect(() => setupAccess({ isAdmin: () => true }).requireEveryRight(callerOf(Uint8Array.of(9)))).toThrow(
      'every permission',
    );
    expect(() => setupAccess().requireEveryRight(callerOf(BOT))).not.toThrow();
  });

  it('counts a grant of the very moment in which the agent was added, and none from before', () => {
    const terms = { ...EVERYTHING, scope: 'granted_users' as const, since: 5n };
    const decideFor = (since: bigint, expiresAt?: bigint) =>
      setupAccess({
        agent: () => terms,
        grant: () => ({ ...EVERYTHING, since, expiresAt }),
      }).enter(
        callerOf(BOT),
        'write',
      )(subjectOf('u', 2));
    expect(decideFor(5n).write).toBe(ALL_TYPES);
    expect(decideFor(5n, NOW + 1n).write).toBe(ALL_TYPES);
    expect(() => decideFor(4n)).toThrow('no valid grant');
    expect(() => decideFor(5n, NOW)).toThrow('no valid grant');
  });
});

describe('a user_id', () => {
  it('is the text of one principal alone', () => {
    const principal = fc.uint8Array({ minLength: 1, maxLength: 29 });
    fc.assert(
      fc.property(principal, principal, (own, other) => {
        const { utf8, value } = arg(Principal.fromUint8Array(own).toText());
        expect(isTextOf(utf8, own)).toBe(true);
        expect(isTextOf(utf8, other)).toBe(Buffer.compare(own, other) === 0);
        expect(isTextOf(arg(value.toUpperCase()).utf8, own)).toBe(value === value.toUpperCase());
        expect(isTextOf(arg(`x${value.slice(1)}`).utf8, own)).toBe(value.startsWith('x'));
      }),
    );
  });
});
