import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import { method } from '../../support/candid-interface.ts';
import { GITHUB } from '../../support/records.ts';
import { encodeArgs, type MethodName, setupCanister } from '../../support/wasm-canister.ts';

const { Nat, Nat32, Null, Opt, Record, Text, Variant } = IDL;
const [, AgentType = Null] = method('get_agent_credentials').argTypes;

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

describe('arguments that are not of the interface', () => {
  const user = encodeArgs('get_agent_status', ['user-1']);
  const refused: [string, MethodName, Uint8Array, string][] = [
    ['no bytes', 'get_agent_status', new Uint8Array(), 'the message does not begin with DIDL'],
    ['text', 'get_agent_status', new TextEncoder().encode('user-1'), 'the message does not begin with DIDL'],
    ['too few', 'get_agent_status', IDL.encode([], []), 'argument user_id: it is missing'],
    [
      'a missing one in between',
      'store_agent_interaction',
      IDL.encode([Text, AgentType, Text, Text], ['user-1', GITHUB, 'm', 'r']),
      'argument success: it is missing',
    ],
    ['another type', 'get_agent_status', IDL.encode([Nat], [1n]), 'argument user_id: expected text, got nat'],
    [
      'an opt for a text',
      'get_agent_status',
      IDL.encode([Opt(Text)], [['user-1']]),
      'argument user_id: expected text, got opt',
    ],
    [
      'a text for a variant',
      'create_agent_session',
      IDL.encode([Text, Text], ['user-1', 'GitHub']),
      'argument agent_type: expected variant, got text',
    ],
    [
      'an option that is not there',
      'create_agent_session',
      IDL.encode([Text, Variant({ Slack: Null })], ['user-1', { Slack: null }]),
      'argument agent_type: expected a variant of GitHub, Asana, Gmail, Calendar, InFoundr, got one with another option',
    ],
    [
      'an option with a value',
      'create_agent_session',
      IDL.encode([Text, Variant({ GitHub: Text })], ['user-1', { GitHub: 'x' }]),
      'argument agent_type: the option GitHub carries no value',
    ],
    [
      'a text for a bool',
      'store_agent_interaction',
      IDL.encode([Text, AgentType, Text, Text, Text], ['user-1', GITHUB, 'm', 'r', 'yes']),
      'argument success: expected bool, got text',
    ],
    [
      'a record without a field',
      'list_sessions',
      IDL.encode([Record({ limit: Opt(Nat32) })], [{ limit: [] }]),
      'argument request: user_id: the field is missing',
    ],
    [
      'a field of another type',
      'list_sessions',
      IDL.encode([Record({ user_id: Nat })], [{ user_id: 1n }]),
      'argument request: user_id: expected text, got nat',
    ],
    ['a cut message', 'get_agent_status', user.slice(0, -1), 'argument user_id: the message ends too early'],
    ['a cut type table', 'get_agent_status', user.slice(0, 5), 'the message ends too early'],
    [
      'bytes after the end',
      'get_agent_status',
      Uint8Array.from([...user, 0]),
      'the message goes on after its last argument',
    ],
    [
      'a length beyond the end',
      'get_agent_status',
      fromHex('4449444c000171ffffffff0f61'),
      'argument user_id: the message ends too early',
    ],
    [
      'a type that is not there',
      'get_agent_status',
      fromHex('4449444c000105'),
      'there is no type 5 in the type table',
    ],
  ];
  for (const [what, name, arg, message] of refused) {
    it(`are rejected by name, and nothing is written: ${what}`, async () => {
      const canister = await setupCanister();
      const before = canister.stableDigest();
      for (const outcome of [await canister.rawSend(name, arg), await canister.rawCall(name, arg)]) {
        expect(outcome).toMatchObject({ kind: 'rejected', reject: { code: 4, message } });
      }
      expect(canister.stableDigest()).toBe(before);
    });
  }

  const malformed = [
    ['a byte that begins nothing', 'ff616161'],
    ['a continuation alone', '80616161'],
    ['two bytes cut', 'c3616161'],
    ['three bytes cut', '61e28261'],
    ['four bytes cut', 'f0908061'],
    ['an overlong form of two bytes', 'c0806161'],
    ['an overlong form of three bytes', 'e0808061'],
    ['an overlong form of four bytes', 'f0808080'],
    ['a high surrogate', 'eda08061'],
    ['a low surrogate', 'edb08061'],
    ['a character past the last', 'f4908080'],
    ['a form of five bytes', 'f8888080'],
    ['a character cut by the end', '616161c3'],
  ] as const;
  it('are rejected where a text is not UTF-8', async () => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    for (const [, hex] of malformed) {
      const name = 'create_agent_session';
      const arg = encodeArgs(name, ['user-1', GITHUB, ['????'], [], []]);
      arg.set(fromHex(hex), arg.length - 6);
      expect(await canister.rawCall(name, arg)).toMatchObject({
        kind: 'rejected',
        reject: { code: 4, message: 'argument token: the text is not valid UTF-8' },
      });
    }
    expect(canister.stableDigest()).toBe(before);
  });
});
