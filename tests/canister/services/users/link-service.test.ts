import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import type { LinkCode, OwnedUser } from '../../../../src/candid/agent_service.did.ts';
import { linkCode, linkedUser, ownedUser } from '../../../../src/canister/api/interface-types.ts';
import { listResult, recordResult } from '../../../../src/canister/api/replies.ts';
import type { Caller } from '../../../../src/canister/policy/access/caller.ts';
import { LIMITS, LINK_CODE_NS } from '../../../../src/canister/policy/limits/limits.ts';
import { method } from '../../support/candid-interface.ts';
import { arg, CALLER, setupServices, trailOf } from '../../support/service-world.ts';
import { ok } from '../../support/wasm-canister.ts';

const ALICE = { user_id: arg('alice') };
const PHONE = Uint8Array.of(5, 5);
const LAPTOP = Uint8Array.of(6);

function setupLinks() {
  const world = setupServices();
  let seed = 0;
  const by = (principal: Uint8Array): Caller => ({ ...world.call(), principal });
  const issue = (args = ALICE): LinkCode => {
    const random = Uint8Array.from({ length: 32 }, (_, i) => i * 37 + seed);
    seed += 1;
    const reply = recordResult(linkCode).encode(world.links.issueCode(args, world.call(), random));
    return ok(IDL.decode(method('create_link_code').retTypes, reply)[0] as unknown as { Ok: LinkCode });
  };
  const redeem = (code: string, principal = PHONE): string => {
    const reply = recordResult(linkedUser).encode(world.links.redeem({ code: arg(code) }, by(principal)));
    const result = IDL.decode(method('redeem_link_code').retTypes, reply)[0];
    return ok(result as unknown as { Ok: { user_id: string } }).user_id;
  };
  const owned = (principal: Uint8Array): OwnedUser[] => {
    const reply = listResult(ownedUser).encode(world.links.ownedBy(principal));
    return ok(IDL.decode(method('list_my_users').retTypes, reply)[0] as unknown as { Ok: OwnedUser[] });
  };
  const trail = () => trailOf(world.activities, ALICE.user_id.value);
  const ownerOf = (userId: string) => {
    const user = world.store.users.numberOf(arg(userId).utf8);
    return user === undefined ? undefined : world.store.links.owner(user);
  };
  return { ...world, by, issue, redeem, owned, trail, ownerOf };
}

describe('LinkService', () => {
  it('makes who redeems a code the owner, and tells of it in the trail', () => {
    const { issue, redeem, owned, trail, ownerOf, clock, links, by } = setupLinks();
    const { code, expires_at } = issue();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(expires_at).toBe(clock.now + LINK_CODE_NS);
    expect(redeem(code)).toBe('alice');
    expect(ownerOf('alice')).toEqual(PHONE);
    expect(owned(PHONE).slice(1)).toEqual([{ user_id: 'alice', linked_at: [clock.now] }]);
    links.unlink(ALICE, by(LAPTOP));
    expect(ownerOf('alice')).toBeUndefined();
    expect(owned(PHONE)).toMatchObject([{ linked_at: [] }]);
    const happened = trail().map(({ activity_type, actor, metadata }) => [
      Object.keys(activity_type)[0],
      actor.toUint8Array(),
      metadata,
    ]);
    const principal = [`{"principal":"${owned(PHONE)[0]?.user_id}"}`];
    expect(happened).toEqual([
      ['UserUnlinked', LAPTOP, principal],
      ['UserLinked', PHONE, principal],
      ['LinkCodeIssued', CALLER.toUint8Array(), []],
    ]);
    expect(JSON.stringify(trail(), (_key, value: unknown) => String(value))).not.toContain(code);
  });

  it.each([
    ['as it is', (code: string) => code],
    ['without dashes, in small letters', (code: string) => code.replaceAll('-', '').toLowerCase()],
    ['with spaces around', (code: string) => ` ${code.replaceAll('-', ' ')}\n`],
    ['with O for 0 and l for 1', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('takes a code %s', (_how, typed) => {
    const { issue, redeem } = setupLinks();
    const { code } = issue();
    expect(code).toMatch(/[01]/);
    expect(redeem(typed(code))).toBe('alice');
  });

  it('takes a code once, and not when it was replaced', () => {
    const { issue, redeem, ownerOf, links, by } = setupLinks();
    const replaced = issue().code;
    const { code } = issue();
    expect(() => redeem(replaced)).toThrow('NotFound');
    redeem(code);
    for (const principal of [PHONE, LAPTOP]) expect(() => redeem(code, principal)).toThrow('NotFound');
    expect(ownerOf('alice')).toEqual(PHONE);
    links.unlink(ALICE, by(PHONE));
    expect(() => redeem(code, LAPTOP)).toThrow('NotFound');
    expect(redeem(issue().code, LAPTOP)).toBe('alice');
    expect(ownerOf('alice')).toEqual(LAPTOP);
  });

  it('takes a code until its time is over', () => {
    const { issue, redeem, clock } = setupLinks();
    const late = issue();
    clock.now = late.expires_at;
    expect(() => redeem(late.code)).toThrow('Expired');
    expect(() => redeem(late.code)).toThrow('Expired');
    const { code } = issue();
    clock.now += LINK_CODE_NS - 1n;
    expect(redeem(code)).toBe('alice');
  });

  it('refuses a code for a user_id that is linked, and one that is the text of a principal', () => {
    const { issue, redeem, trail } = setupLinks();
    redeem(issue().code);
    expect(() => issue()).toThrow('Conflict: the user_id is linked already');
    for (const text of [CALLER.toText(), 'aaaaa-aa']) {
      expect(() => issue({ user_id: arg(text) })).toThrow('InvalidArgument: user_id must not be');
    }
    expect(trail()).toHaveLength(2);
  });

  it('lets one principal own several user_ids, a hundred at most', () => {
    const { issue, redeem, owned, links, by } = setupLinks();
    const names = Array.from({ length: LIMITS.linkedUsers }, (_, i) => `user-${i}`);
    for (const name of names) redeem(issue({ user_id: arg(name) }).code);
    expect(owned(PHONE).map(({ user_id }) => user_id)).toEqual([owned(PHONE)[0]?.user_id, ...names]);
    const { code } = issue();
    expect(() => redeem(code)).toThrow('QuotaExceeded: no more than 100 linked user_ids');
    links.unlink({ user_id: arg('user-50') }, by(PHONE));
    expect(redeem(code)).toBe('alice');
    expect(owned(PHONE)).toHaveLength(101);
  });

  it('lets a caller be wrong five times in ten minutes, and no other caller pay for it', () => {
    const { issue, redeem, clock } = setupLinks();
    const wrong = '0000-0000-0000-0000-0000';
    for (const code of [wrong, 'x', wrong, 'ÄÖÜ', 'u'.repeat(20)]) {
      expect(() => redeem(code)).toThrow('NotFound');
      clock.now += 1n;
    }
    const { code } = issue();
    expect(() => redeem(code)).toThrow(`RateLimited: retry after ${LINK_CODE_NS - 5n} ns`);
    expect(redeem(code, LAPTOP)).toBe('alice');
    clock.now += LINK_CODE_NS - 5n;
    expect(() => redeem(wrong)).toThrow('NotFound');
  });

  it('unlinks nobody who is not linked', () => {
    const { issue, links, call } = setupLinks();
    expect(() => links.unlink(ALICE, call())).toThrow('NotFound');
    issue();
    expect(() => links.unlink(ALICE, call())).toThrow('NotFound');
  });
});
