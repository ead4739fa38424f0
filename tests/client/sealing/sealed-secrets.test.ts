import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { contentCipher } from '../../../src/client/sealing/content.ts';
import { formatEnvelope, isSealed, parseEnvelope } from '../../../src/client/sealing/envelope.ts';
import { openSecret } from '../../../src/client/sealing/open-secret.ts';
import { sealSecret } from '../../../src/client/sealing/seal-secret.ts';
import type { SecretPlace } from '../../../src/client/sealing/secret-place.ts';
import { FIRST_PARTY, GRANTED, OWNER, PLACE, recipientKey, serviceKey } from './support/test-keys.ts';

const SECRET = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
const key = serviceKey(PLACE.canisterId);
const seal = (place = PLACE, recipients = [OWNER], secret = SECRET) =>
  sealSecret(secret, { place, recipients, key });
const openAs = (recipient: typeof OWNER, text: string, place = PLACE) =>
  openSecret(text, { place, recipient, key: recipientKey(recipient, PLACE) });

describe('a sealed secret', () => {
  it.each([
    ['of ASCII', SECRET],
    ['that is empty', ''],
    ['of every kind of character', '\u{feff}"\\\u0000 Жук 🦊 \u{10ffff}'],
    ['of 64 KiB', 'x'.repeat(64 * 1024)],
  ])('%s is opened by each of its recipients', async (_what, secret) => {
    const sealed = await seal(PLACE, [OWNER, GRANTED, FIRST_PARTY], secret);
    expect(sealed).toMatch(
      /^agent-service-sealed:1:token:owner\.0,user\.7,type\.18446744073709551615:[\w-]+$/,
    );
    expect(isSealed(sealed)).toBe(true);
    for (const recipient of [OWNER, GRANTED, FIRST_PARTY])
      expect(await openAs(recipient, sealed)).toBe(secret);
  });

  it('is another one each time', async () => {
    expect(await seal()).not.toBe(await seal());
  });

  it('has a first-party key that serves every user of the agent type, and no other', async () => {
    const elsewhere: SecretPlace = { ...PLACE, userId: 'jonas.weber', account: undefined };
    const sealed = await seal(elsewhere, [FIRST_PARTY]);
    expect(await openAs(FIRST_PARTY, sealed, elsewhere)).toBe(SECRET);
  });

  it('is for others, where the recipient or the epoch is another one', async () => {
    const sealed = await seal(PLACE, [OWNER, GRANTED]);
    for (const other of [FIRST_PARTY, { ...OWNER, epoch: 1n }, { ...GRANTED, epoch: 6n }]) {
      await expect(openAs(other, sealed)).rejects.toMatchObject({
        kind: 'VerificationFailed',
        code: 'SealedSecretForOthers',
      });
    }
  });

  it('does not open with a key of another recipient, user, type or network', async () => {
    const sealed = await seal();
    const wrong = [
      recipientKey({ ...OWNER, epoch: 1n }, PLACE),
      recipientKey(GRANTED, PLACE),
      recipientKey(OWNER, { ...PLACE, userId: 'jonas.weber' }),
      recipientKey(OWNER, { ...PLACE, canisterId: Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai') }),
      recipientKey(OWNER, PLACE, 'key_1'),
    ];
    for (const other of wrong) {
      await expect(openSecret(sealed, { place: PLACE, recipient: OWNER, key: other })).rejects.toMatchObject({
        code: 'SealedSecretChanged',
      });
    }
  });

  it.each<[string, Partial<SecretPlace>]>([
    ['user', { userId: 'jonas.weber' }],
    ['agent type', { agentType: 'Asana' }],
    ['account', { account: 'private' }],
    ['account, the default one', { account: undefined }],
    ['field', { field: 'token_data' }],
    ['canister', { canisterId: Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai') }],
  ])('that was moved to another %s does not open', async (_what, other) => {
    const sealed = await seal(PLACE, [OWNER, GRANTED, FIRST_PARTY]);
    for (const recipient of [OWNER, GRANTED, FIRST_PARTY]) {
      await expect(openAs(recipient, sealed, { ...PLACE, ...other })).rejects.toMatchObject({
        kind: 'VerificationFailed',
        code: 'SealedSecretChanged',
        message: expect.not.stringContaining('gho_') as string,
      });
    }
  });

  it('that is cut or changed in any character does not open', async () => {
    // What the wrapped key holds: the cipher under it refuses all else, and costs a thousandth of unwrapping it.
    const contentKey = new Uint8Array(32).fill(7);
    const sealed = await sealSecret(SECRET, {
      place: PLACE,
      recipients: [OWNER],
      key,
      random: (length) => new Uint8Array(length).fill(7),
    });
    const envelope = parseEnvelope(sealed);
    const opens = async (text: string) => {
      const changed = parseEnvelope(text);
      if (changed.field !== PLACE.field) throw new Error('of another field');
      const cipher = await contentCipher(contentKey, changed, PLACE);
      await cipher.decrypt(changed.ciphertext);
    };
    await opens(formatEnvelope(envelope));
    for (let at = 0; at < sealed.length; at += 1) {
      await expect(opens(sealed.slice(0, at))).rejects.toThrow();
      for (const other of ['A', '_', '0', ',', '=', '\u0130']) {
        if (sealed[at] === other) continue;
        await expect(opens(sealed.slice(0, at) + other + sealed.slice(at + 1))).rejects.toThrow();
      }
    }
  });

  it('does not open in any of 10,000 changed forms', async () => {
    const contentKey = new Uint8Array(32).fill(7);
    const random = (length: number) => new Uint8Array(length).fill(7);
    const sealed = await sealSecret(SECRET, {
      place: PLACE,
      recipients: [OWNER, GRANTED, FIRST_PARTY],
      key,
      random,
    });
    const alphabet = `${sealed.slice(0, 60)}ABCDEFabcdef0189-_`;
    const next = numbers(1);
    let refusals = 0;
    for (let i = 0; i < 10_000; i += 1) {
      const text = changedSomewhere(sealed, alphabet, next);
      if (text === sealed) continue;
      const opened = await Promise.resolve(text)
        .then(parseEnvelope)
        .then(async (envelope) => {
          if (envelope.field !== PLACE.field) throw new Error('of another field');
          const cipher = await contentCipher(contentKey, envelope, PLACE);
          return cipher.decrypt(envelope.ciphertext);
        })
        .catch(() => undefined);
      expect(opened, text).toBeUndefined();
      refusals += 1;
    }
    expect(refusals).toBeGreaterThan(9_900);
  });

  it('whose wrapped key is changed is refused by whoever unwraps it', async () => {
    const envelope = parseEnvelope(await seal());
    const [wrapped = new Uint8Array()] = envelope.wrappedKeys;
    // In the header, the point, the seed and the key.
    for (const at of [0, 8, 60, 103, 104, 135, 136, 167]) {
      const changed = wrapped.map((byte, i) => (i === at ? byte ^ 1 : byte));
      await expect(
        openAs(OWNER, formatEnvelope({ ...envelope, wrappedKeys: [changed] })),
      ).rejects.toMatchObject({
        code: 'SealedSecretChanged',
      });
    }
  });
});

describe('an envelope', () => {
  const BODY = 'A'.repeat(Math.ceil(((168 + 12 + 16) * 4) / 3));
  const refused = expect.objectContaining({
    kind: 'VerificationFailed',
    code: 'SealedSecretMalformed',
  }) as unknown;

  it.each([
    ['nothing', ''],
    ['a token in clear', SECRET],
    ['another version', `agent-service-sealed:2:token:owner.0:${BODY}`],
    ['no such field', `agent-service-sealed:1:secret:owner.0:${BODY}`],
    ['no recipient', `agent-service-sealed:1:token::${BODY}`],
    ['no such recipient', `agent-service-sealed:1:token:admin.0:${BODY}`],
    ['a recipient twice', `agent-service-sealed:1:token:owner.0,owner.0:${BODY}${BODY}`],
    ['recipients in another order', `agent-service-sealed:1:token:user.0,owner.0:${BODY}${BODY}`],
    ['an epoch with a zero before it', `agent-service-sealed:1:token:owner.00:${BODY}`],
    ['an epoch that is too large', `agent-service-sealed:1:token:owner.18446744073709551616:${BODY}`],
    ['a negative epoch', `agent-service-sealed:1:token:owner.-1:${BODY}`],
    ['too little behind it', `agent-service-sealed:1:token:owner.0:${BODY.slice(4)}`],
    ['too little for two recipients', `agent-service-sealed:1:token:owner.0,user.0:${BODY}`],
    ['bits that belong to no byte', `agent-service-sealed:1:token:owner.0:${BODY.slice(0, -1)}B`],
    ['padding', `agent-service-sealed:1:token:owner.0:${BODY}==`],
    ['the other base64', `agent-service-sealed:1:token:owner.0:+${BODY.slice(1)}`],
    ['a line break behind it', `agent-service-sealed:1:token:owner.0:${BODY}\n`],
  ])('is refused with %s', (_what, text) => {
    expect(() => parseEnvelope(text)).toThrow(refused);
  });

  it('is the same text again', async () => {
    const sealed = await seal(PLACE, [OWNER, FIRST_PARTY]);
    expect(formatEnvelope(parseEnvelope(sealed))).toBe(sealed);
  });
});

/** Numbers from 0 to below `limit`, the same for a seed: a linear congruential generator (Numerical Recipes). */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A text with a few characters replaced, left out, put in, or moved. */
function changedSomewhere(text: string, alphabet: string, next: (limit: number) => number): string {
  let changed = text;
  for (let left = 1 + next(3); left > 0; left -= 1) {
    const at = next(changed.length);
    const other = alphabet[next(alphabet.length)] ?? '';
    const rest = changed.slice(at + 1);
    const forms = [other + rest, rest, `${changed[at] ?? ''}${other}${rest}`, rest + (changed[at] ?? '')];
    changed = changed.slice(0, at) + (forms[next(forms.length)] ?? '');
  }
  return changed;
}
