import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import { METHODS } from '../../support/candid-interface.ts';
import { consentRequest, GITHUB, GMAIL, newGrant } from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  type Args,
  encodeArgs,
  HOUR,
  isQuery,
  type MethodName,
  ok,
  START,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const NOBODY = { sender: ANONYMOUS };
const SELF = STRANGER.toText();

/** Every method that users sign, and the texts that its message must have. */
const SIGNED = {
  grant_agent: [
    [
      newGrant({
        user_id: SELF,
        agent: AGENT,
        agent_types: [[GITHUB, GMAIL]],
        permissions: [[{ read: null }]],
      }),
    ],
    ['Grant an agent access', SELF, AGENT.toText(), 'GitHub, Gmail', 'read', 'you withdraw it'],
  ],
  block_agent: [[{ user_id: SELF, agent: AGENT }], ['Stop an agent', SELF, AGENT.toText()]],
  unblock_agent: [[{ user_id: SELF, agent: AGENT }], ['Let a stopped agent act again', SELF, AGENT.toText()]],
  withdraw_agent: [[{ user_id: SELF, agent: AGENT }], ['Withdraw an agent', SELF, AGENT.toText()]],
  revoke_credentials: [
    [{ user_id: SELF, agent_type: GMAIL, account: ['work'] }],
    ['Remove credentials', SELF, 'Gmail', 'work'],
  ],
  end_agent_session: [['ses-0000000000000001'], ['End a session', 'ses-0000000000000001']],
  redeem_link_code: [[{ code: '7Q2M-0000' }], ['Link your identity', '7Q2M-0000']],
  unlink_user: [[{ user_id: 'alice' }], ['Unlink an identity', 'alice']],
  erase_user: [[{ user_id: 'alice' }], ['Erase a user', 'alice']],
} satisfies { [M in MethodName]?: readonly [Args<M>, readonly string[]] };
type SignedName = keyof typeof SIGNED;
const SIGNED_NAMES = Object.keys(SIGNED) as SignedName[];

async function ask(canister: WasmCanister, request: Parameters<typeof consentRequest>[0] = {}) {
  return canister.call('icrc21_canister_call_consent_message', [consentRequest(request)], NOBODY);
}

function argOf(name: SignedName): Uint8Array {
  return encodeArgs(name, SIGNED[name][0] as never);
}

function preferences(display: 'GenericDisplay' | 'FieldsDisplay', offset?: number) {
  const utc_offset_minutes: [] | [number] = offset === undefined ? [] : [offset];
  const device_spec = display === 'GenericDisplay' ? { GenericDisplay: null } : { FieldsDisplay: null };
  return {
    metadata: { language: 'de-CH', utc_offset_minutes },
    device_spec: [device_spec] as [typeof device_spec],
  };
}

/** The message as a document. */
async function markdown(
  canister: WasmCanister,
  request: Parameters<typeof consentRequest>[0],
): Promise<string> {
  const { consent_message } = ok(await ask(canister, request));
  if (!('GenericDisplayMessage' in consent_message)) throw new Error('the message is no document');
  return consent_message.GenericDisplayMessage;
}

async function fields(canister: WasmCanister, request: Parameters<typeof consentRequest>[0]) {
  const info = ok(await ask(canister, { ...request, user_preferences: preferences('FieldsDisplay', 60) }));
  if (!('FieldsDisplayMessage' in info.consent_message)) throw new Error('the message has no fields');
  return { ...info.consent_message.FieldsDisplayMessage, metadata: info.metadata };
}

describe('a consent message', () => {
  it.each(SIGNED_NAMES)('tells, to anybody, what %s does and with what', async (method) => {
    const canister = await setupCanister();
    const [, texts] = SIGNED[method];
    const request = { method, arg: argOf(method) };
    const document = await markdown(canister, request);
    expect(document.startsWith(`# ${texts[0]}\n\n`)).toBe(true);
    for (const text of texts) expect(document).toContain(text);
    const { intent, fields: shown, metadata } = await fields(canister, request);
    expect(intent).toBe(texts[0]);
    expect(metadata).toEqual({ language: 'en', utc_offset_minutes: [] });
    const contents = shown.map(([, value]) => ('Text' in value ? value.Text.content : ''));
    for (const text of texts.slice(1)) expect(contents).toContain(text);
  });

  it('says of what is left out of a grant that it is all', async () => {
    const canister = await setupCanister();
    const arg = encodeArgs('grant_agent', [newGrant({ user_id: SELF, agent: AGENT })]);
    const { fields: shown } = await fields(canister, { method: 'grant_agent', arg });
    expect(shown.slice(2)).toEqual([
      ['Services', { Text: { content: 'all' } }],
      ['Permissions', { Text: { content: 'all: read, write, credentials' } }],
      ['Until', { Text: { content: 'you withdraw it' } }],
    ]);
  });

  it.each([
    [undefined, '2027-01-15 09:00 UTC', [0]],
    [90, '2027-01-15 10:30 UTC+01:30', [90]],
    [-570, '2027-01-14 23:30 UTC-09:30', [-570]],
  ])('tells a time by an offset of %s minutes', async (offset, shown, told) => {
    const canister = await setupCanister();
    const grant = newGrant({ user_id: SELF, agent: AGENT, expires_at: [START + HOUR] });
    const request = { method: 'grant_agent', arg: encodeArgs('grant_agent', [grant]) };
    const user_preferences = preferences('GenericDisplay', offset);
    const info = ok(await ask(canister, { ...request, user_preferences }));
    expect(info.metadata).toEqual({ language: 'en', utc_offset_minutes: told });
    expect(JSON.stringify(info.consent_message)).toContain(shown);
    const { fields: inFields } = await fields(canister, request);
    expect(inFields.at(-1)).toEqual([
      'Until',
      { TimestampSeconds: { amount: (START + HOUR) / 1_000_000_000n } },
    ]);
  });

  it('tells the latest time that there can be', async () => {
    const canister = await setupCanister();
    const grant = newGrant({ user_id: SELF, agent: AGENT, expires_at: [2n ** 64n - 1n] });
    const arg = encodeArgs('grant_agent', [grant]);
    const user_preferences = preferences('GenericDisplay', 0x7fff);
    expect(await markdown(canister, { method: 'grant_agent', arg, user_preferences })).toContain('2554-08-');
  });

  it.each([
    [
      'a document of its own',
      'x`\n\n# Nothing happens\n\n`',
      'x\\u0060\\u000a\\u000a# Nothing happens\\u000a\\u000a\\u0060',
    ],
    ['another direction', 'a\u202eb', 'a\\u202eb'],
    ['what nobody sees', 'a\u200bb\u0000', 'a\\u200bb\\u0000'],
    ['a link', '[x](http://y)', '[x](http://y)'],
  ])('lets no argument add %s', async (_what, user_id, shown) => {
    const canister = await setupCanister();
    const request = { method: 'unlink_user', arg: encodeArgs('unlink_user', [{ user_id }]) };
    expect((await markdown(canister, request)).split('\n').slice(4, 6)).toEqual([
      '**User id:**  ',
      `\`${shown}\``,
    ]);
    const [field] = (await fields(canister, request)).fields;
    expect(field).toEqual(['User id', { Text: { content: shown } }]);
  });

  it('is a document where the device is of a kind that is not known', async () => {
    const canister = await setupCanister();
    const Request = IDL.Record({
      method: IDL.Text,
      arg: IDL.Vec(IDL.Nat8),
      user_preferences: IDL.Record({
        metadata: IDL.Record({ language: IDL.Text, utc_offset_minutes: IDL.Opt(IDL.Int16) }),
        device_spec: IDL.Opt(IDL.Variant({ LineDisplay: IDL.Record({ characters_per_line: IDL.Nat16 }) })),
      }),
    });
    const device_spec = [{ LineDisplay: { characters_per_line: 20 } }];
    const metadata = { language: 'en', utc_offset_minutes: [] };
    const value = {
      method: 'unlink_user',
      arg: argOf('unlink_user'),
      user_preferences: { metadata, device_spec },
    };
    const name = 'icrc21_canister_call_consent_message';
    const outcome = await canister.rawCall(name, IDL.encode([Request], [value]), NOBODY);
    if (outcome.kind === 'rejected') throw new Error(outcome.reject.message);
    expect(Buffer.from(outcome.reply).toString()).toContain('# Unlink an identity');
  });

  it.each([
    ['a method that there is not', { method: 'transfer' }, 'the service has no method transfer'],
    ['the name of a property', { method: 'constructor' }, 'the service has no method constructor'],
    ['bytes that are no arguments', { arg: Uint8Array.of(1, 2) }, 'does not begin with DIDL'],
    ['arguments of another method', { method: 'unlink_user' }, 'expected record, got text'],
    [
      'arguments that it refuses',
      { method: 'unlink_user', arg: encodeArgs('unlink_user', [{ user_id: 'x'.repeat(129) }]) },
      'user_id must be 1 to 128 characters long',
    ],
  ])('is refused for %s', async (_what, request, description) => {
    const canister = await setupCanister();
    expect(await ask(canister, request)).toMatchObject({
      Err: { UnsupportedCanisterCall: { description: expect.stringContaining(description) as string } },
    });
  });

  it('is not there for what users do not sign', async () => {
    const canister = await setupCanister();
    for (const method of METHODS.keys()) {
      if (method in SIGNED) continue;
      expect(await ask(canister, { method })).toEqual({
        Err: { ConsentMessageUnavailable: { description: `${method} is not for users to sign` } },
      });
    }
    expect(SIGNED_NAMES.filter((name) => isQuery(name))).toEqual([]);
  });
});

describe('icrc10_supported_standards', () => {
  it('names ICRC-10 and ICRC-21 to anybody', async () => {
    const canister = await setupCanister();
    expect(await canister.query('icrc10_supported_standards', [], NOBODY)).toEqual([
      { name: 'ICRC-10', url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-10/ICRC-10.md' },
      { name: 'ICRC-21', url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-21/ICRC-21.md' },
    ]);
  });
});
