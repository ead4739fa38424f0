import { describe, expect, it } from 'vitest';
import { isLookAlike, spelledOut } from '../../../../src/candid/look-alikes.ts';
import { checkNewUserId } from '../../../../src/canister/policy/validation/new-user-id.ts';
import {
  consentRequest,
  createSession,
  GITHUB,
  newActivity,
  newCredentials,
  newInteraction,
  newSession,
} from '../../support/records.ts';
import { arg } from '../../support/service-world.ts';
import { encodeArgs, ok, principal, setupCanister, type WasmCanister } from '../../support/wasm-canister.ts';

const SELF = principal(20).toText();
const SHORT = '2vxsx-fae';
const unseen = (number: string) => `must not have the character ${number}, which can't be seen`;
const spelling = (text: string) => `must be written as that principal's text is: ${text}`;

const REFUSED: readonly (readonly [what: string, userId: string, message: string])[] = [
  ['a right-to-left override', 'alice\u202eecila', unseen('U+202E')],
  ['an isolate', 'a\u2066lice', unseen('U+2066')],
  ['a zero-width space', 'al\u200bice', unseen('U+200B')],
  ['a zero-width joiner', 'al\u200dice', unseen('U+200D')],
  ['a soft hyphen', 'al\u00adice', unseen('U+00AD')],
  ['a byte order mark', '\ufeffalice', unseen('U+FEFF')],
  ['a Hangul filler', 'alice\u3164', unseen('U+3164')],
  ['a variation selector', 'alice\ufe0f', unseen('U+FE0F')],
  ['a tag character', 'alice\u{e0041}', unseen('U+E0041')],
  ['NUL', 'alice\u0000', unseen('U+0000')],
  ['a line feed', 'alice\nbob', unseen('U+000A')],
  ['DEL', 'alice\u007f', unseen('U+007F')],
  ['a line separator', 'alice\u2028', unseen('U+2028')],
  ['a no-break space', 'alice\u00a0b', unseen('U+00A0')],
  ['a space at the beginning', ' alice', 'must not begin or end with white space'],
  ['a space at the end', 'alice ', 'must not begin or end with white space'],
  ['an accent of its own', 'cafe\u0301', 'must be in Unicode normalization form C (NFC)'],
  ['a principal in capitals', SELF.toUpperCase(), spelling(SELF)],
  ['a principal with one capital', SELF.replace(/[a-z]/, (letter) => letter.toUpperCase()), spelling(SELF)],
  ['a principal without dashes', SELF.replaceAll('-', ''), spelling(SELF)],
  ['a principal with one dash less', SELF.replace('-', ''), spelling(SELF)],
  ['a principal with other dashes', SELF.replaceAll('-', '\u2010'), spelling(SELF)],
  ['a principal with underscores', SELF.replaceAll('-', '_'), spelling(SELF)],
  ['a principal in full width', SELF.replace(/^./, 'ｘ').replace('ｘ', fullWidth(SELF[0])), spelling(SELF)],
  ['a short principal in capitals', SHORT.toUpperCase(), spelling(SHORT)],
  ['the management canister without dash', 'aaaaaaa', spelling('aaaaa-aa')],
];

const ACCEPTED = [
  ...['alice', 'a', 'alice@example.com', 'Alice Smith', '~', 'charlie', 'somebody', 'a-b-c', 'x'.repeat(128)],
  ...['Zoë', 'Алиса', '李小龙', 'ümlaut 😀', '山田 Taro', 'abcde-fghij', SELF, SHORT],
];

function fullWidth(letter = ''): string {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x20 + 0xff00);
}

async function refusalAt(canister: WasmCanister, user_id: string) {
  const about = { user_id };
  return [
    await canister.call('create_agent_session', [user_id, GITHUB, [], [], []]),
    await canister.call('create_session', [newSession(about)]),
    await canister.call('store_agent_credentials', [user_id, GITHUB, 't', [], [], [], [], []]),
    await canister.call('store_credentials', [newCredentials(about)]),
    await canister.call('store_agent_interaction', [user_id, GITHUB, 'm', 'r', true, []]),
    await canister.call('store_interaction', [newInteraction(about)]),
    await canister.call('log_activity', [newActivity(about)]),
    await canister.call('create_link_code', [about]),
  ];
}

describe('look-alikes', () => {
  it('are refused for new users, at every method that makes one, with nothing written', async () => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    for (const [what, userId, message] of REFUSED.filter((_row, i) => i % 4 === 0 || i > 15)) {
      const Err = { InvalidArgument: { field: 'user_id', message } };
      for (const refusal of await refusalAt(canister, userId))
        expect([what, refusal]).toEqual([what, { Err }]);
    }
    expect(canister.stableDigest()).toBe(before);
  });

  for (const [what, userId, message] of REFUSED) {
    it(`with ${what} are refused with what is wrong`, () => {
      expect(() => checkNewUserId('user_id', arg(userId))).toThrow(`InvalidArgument: user_id ${message}`);
    });
  }

  it('are not what other names are, in letters of any one script', async () => {
    const canister = await setupCanister();
    for (const userId of ACCEPTED) {
      await createSession(canister, { userId });
      expect(await canister.query('get_user_agent_sessions', [userId])).toHaveLength(1);
    }
  });

  it('of the text of every principal are told from it', () => {
    for (let seed = 1; seed < 60; seed++) {
      const text = principal(seed).toText();
      expect(() => checkNewUserId('user_id', arg(text))).not.toThrow();
      expect(() => checkNewUserId('user_id', arg(text.replaceAll('-', '')))).toThrow(text);
    }
  });

  it('cost an ordinary user_id next to nothing', async () => {
    const canister = await setupCanister();
    await createSession(canister, { userId: 'first' });
    const differences: number[] = [];
    for (let i = 0; i < 8; i++) {
      await createSession(canister, { userId: `agent-user-${i}1` });
      const fresh = canister.instructionsOf('create_agent_session');
      await createSession(canister, { userId: `agent-user-${i}1` });
      differences.push(fresh - canister.instructionsOf('create_agent_session'));
    }
    // A new user's number and head take some 60,000 of it; the engine's collector adds to single counts.
    expect(Math.min(...differences)).toBeLessThan(120_000);
  });

  it('are marked where a person decides', async () => {
    const canister = await setupCanister();
    const messageFor = async (user_id: string) => {
      const request = consentRequest({ method: 'erase_user', arg: encodeArgs('erase_user', [{ user_id }]) });
      const { consent_message } = ok(await canister.call('icrc21_canister_call_consent_message', [request]));
      return 'GenericDisplayMessage' in consent_message ? consent_message.GenericDisplayMessage : '';
    };
    const mixed = '\u0430lice';
    expect(await messageFor(mixed)).toContain('`[U+0430]lice`');
    expect(await messageFor(mixed)).toContain('looks like another user id');
    for (const userId of ['alice', 'Алиса', SELF]) {
      expect(await messageFor(userId)).not.toContain('looks like another');
    }
  });

  it('are texts of mixed scripts, of letters that look Latin, of compatibility forms, and with what cannot be seen', () => {
    const alike = [
      '\u0430lice',
      'аррӏе',
      'ａlice',
      '𝐚lice',
      'al\u200bice',
      'pαypal',
      'Ασια\u0430',
      'al\u0000ice',
    ];
    expect(alike.filter((text) => !isLookAlike(text))).toEqual([]);
    expect(ACCEPTED.filter((text) => isLookAlike(text))).toEqual([]);
    expect(spelledOut('Zoë 😀')).toBe('Zo[U+00EB] [U+1F600]');
  });
});
