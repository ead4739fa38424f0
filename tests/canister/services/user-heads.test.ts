import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/canister/policy/access/caller.ts';
import { anyRoom, roomFor } from '../../../src/canister/policy/limits/quotas.ts';
import { UserHeads } from '../../../src/canister/services/user-heads.ts';
import { arg, setupServices } from '../support/service-world.ts';

function setupHeads() {
  const { store, call } = setupServices();
  const admitted: Caller[] = [];
  const heads = new UserHeads(
    store,
    (caller) => void admitted.push(caller),
    () => undefined,
  );
  const create = (userId: string, room = anyRoom) => heads.getOrCreate(arg(userId), call(), { room });
  return { store, call, heads, admitted, create };
}

function refusingRoom(): never {
  throw new Error('no room');
}

describe('UserHeads', () => {
  it('gives each new user a number of their own, and finds them again', () => {
    const { heads, store, create } = setupHeads();
    const head = create('alice');
    store.users.save(head);
    expect(heads.get(arg('alice')).user).toBe(head.user);
    expect(create('alice').user).toBe(head.user);
    expect(create('bob').user).not.toBe(head.user);
  });

  it('throws NotFound for a user_id without records', () => {
    const { heads } = setupHeads();
    expect(() => heads.get(arg('alice'))).toThrow('NotFound');
  });

  it('asks for admission only when it creates a user', () => {
    const { store, admitted, create } = setupHeads();
    store.users.save(create('alice'));
    expect(admitted).toHaveLength(1);
    create('alice');
    expect(admitted).toHaveLength(1);
  });

  it('creates nobody if the caller is not admitted', () => {
    const { store, call } = setupHeads();
    const refuse = () => {
      throw new Error('too many');
    };
    const heads = new UserHeads(store, refuse, () => undefined);
    expect(() => heads.getOrCreate(arg('alice'), call(), { room: anyRoom })).toThrow('too many');
    expect(store.users.numberOf(arg('alice').utf8)).toBeUndefined();
  });

  it('checks the quotas of existing users, not of new ones', () => {
    const { heads, store, call, create } = setupHeads();
    const head = create('alice', refusingRoom);
    store.users.save(head);
    expect(() => create('alice', refusingRoom)).toThrow('no room');
    expect(() => heads.checkRoom(head, call(), refusingRoom)).toThrow('no room');
  });

  it('applies the limits of the caller', () => {
    const { heads, store, call, create } = setupHeads();
    const head = create('alice');
    head.interactions = 1;
    const room = roomFor('interactions', 'bytes');
    expect(() => heads.checkRoom(head, call(), room)).not.toThrow();
    store.settings.save({ ...store.settings.settings, limits: { interactions: 1 } });
    expect(() => heads.checkRoom(head, call(), room)).toThrow('QuotaExceeded');
  });

  it('uses a head that was looked up before', () => {
    const { heads, store, call, create } = setupHeads();
    const known = create('alice');
    store.users.save(known);
    expect(heads.getOrCreate(arg('alice'), call(), { known, room: anyRoom })).toBe(known);
  });
});
