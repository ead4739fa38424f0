import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { method } from '../../support/candid-interface.ts';
import { createSession, GITHUB, GMAIL, storeInteraction } from '../../support/records.ts';
import { decodeReply, type MethodName, ok, setupCanister } from '../../support/wasm-canister.ts';

const { Bool, Int, Nat, Nat32, Nat64, Nat8, Null, Opt, Record, Reserved, Text, Variant, Vec } = IDL;
const [, AgentType = Null] = method('get_agent_credentials').argTypes;

/** A user with three interactions. */
async function setupInteractions() {
  const canister = await setupCanister();
  for (let i = 0; i < 3; i++) await storeInteraction(canister, { message: `${i}` });
  const list = async (arg: Uint8Array) => {
    const name = 'get_user_agent_interactions';
    return decodeReply(name, await canister.rawQuery(name, arg)).map(({ message }) => message);
  };
  return { canister, list };
}

describe('arguments', () => {
  const limits: [string, IDL.Type[], unknown[], number][] = [
    ['an opt', [Text, Opt(Nat32)], ['user-1', [2]], 2],
    ['nothing', [Text], ['user-1'], 3],
    ['null', [Text, Null], ['user-1', null], 3],
    ['reserved', [Text, Reserved], ['user-1', null], 3],
    ['a plain nat32', [Text, Nat32], ['user-1', 1], 1],
    ['an opt of another type', [Text, Opt(Text)], ['user-1', ['1']], 3],
    ['a plain value of another type', [Text, Nat], ['user-1', 1n], 3],
    ['an opt of opt', [Text, Opt(Opt(Nat32))], ['user-1', [[1]]], 3],
    ['more arguments', [Text, Opt(Nat32), Vec(Int)], ['user-1', [1], [-1n, 2n]], 1],
  ];
  for (const [what, types, values, expected] of limits) {
    it(`of the interface may come with ${what} for an opt`, async () => {
      const { list } = await setupInteractions();
      expect(await list(IDL.encode(types, values))).toEqual(['2', '1', '0'].slice(0, expected));
    });
  }

  it('may leave out every opt at the end, in each method that has some', async () => {
    const canister = await setupCanister();
    const session = await createSession(canister);
    const shortest: [MethodName, IDL.Type[], unknown[]][] = [
      ['create_agent_session', [Text, AgentType], ['u', GITHUB]],
      ['update_agent_session', [Text], [session]],
      [
        'store_agent_credentials',
        [Text, AgentType, Text, Opt(Text), Opt(Text), Vec(IDL.Tuple(Text, Text))],
        ['u', GITHUB, 't', [], [], []],
      ],
      ['update_agent_credentials', [Text, AgentType], ['u', GITHUB]],
      ['store_agent_interaction', [Text, AgentType, Text, Text, Bool], ['u', GITHUB, 'm', 'r', true]],
      ['get_user_agent_interactions', [Text], ['u']],
      ['get_agent_type_interactions', [Text, AgentType], ['u', GITHUB]],
      [
        'log_agent_activity',
        [Text, AgentType, Variant({ EmailSent: Null }), Text],
        ['u', GITHUB, { EmailSent: null }, 'd'],
      ],
      ['get_user_agent_activities', [Text], ['u']],
      ['list_sessions', [Record({ user_id: Text })], [{ user_id: 'u' }]],
      ['list_interactions', [Record({ user_id: Text })], [{ user_id: 'u' }]],
      ['list_activities', [Record({ user_id: Text })], [{ user_id: 'u' }]],
    ];
    for (const [name, types, values] of shortest) {
      const result = decodeReply(name, await canister.rawSend(name, IDL.encode(types, values)));
      if (typeof result === 'object') expect(result).not.toHaveProperty('Err');
    }
  });

  const variants: [string, IDL.Type][] = [
    ['the one option', Variant({ Gmail: Null })],
    ['two options', Variant({ Gmail: Null, Asana: Null })],
  ];
  for (const [what, type] of variants) {
    it(`may declare a variant of ${what}`, async () => {
      const canister = await setupCanister();
      const arg = IDL.encode([Text, type], ['u', { Gmail: null }]);
      await canister.rawCall('create_agent_session', arg);
      expect(await canister.query('get_user_agent_sessions', ['u'])).toMatchObject([{ agent_type: GMAIL }]);
    });
  }

  it('may carry fields of records that are not known, of any type', async () => {
    const { canister } = await setupInteractions();
    const type = Record({
      aaa: Vec(Record({ x: Nat, y: Opt(IDL.Principal) })),
      limit: Nat32,
      user_id: Text,
      zzz: Variant({ A: Nat64, B: Text }),
    });
    const value = {
      aaa: [{ x: 1n, y: [Principal.anonymous()] }],
      limit: 2,
      user_id: 'user-1',
      zzz: { B: 'b' },
    };
    for (const _ of ['first', 'again by its remembered header']) {
      const reply = await canister.rawQuery('list_interactions', IDL.encode([type], [value]));
      expect(ok(decodeReply('list_interactions', reply)).items.map(({ message }) => message)).toEqual([
        '2',
        '1',
      ]);
    }
  });

  it('are read by the types of each sender, however many kinds there are', async () => {
    const { list } = await setupInteractions();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 20; i++) {
        const extra = Array.from({ length: i }, () => Nat8);
        const arg = IDL.encode([Text, Opt(Nat32), ...extra], ['user-1', [1], ...extra.map(() => 7)]);
        expect(await list(arg)).toEqual(['2']);
      }
    }
  });

  it('may be texts of characters of any length, which come back as they were', async () => {
    const canister = await setupCanister();
    for (const userId of ['é', '€', '😀', '\uffff', '\u{10ffff}', '\u0229\u0301']) {
      await createSession(canister, { userId });
      expect(await canister.query('get_user_agent_sessions', [userId])).toMatchObject([{ user_id: userId }]);
    }
  });
});
