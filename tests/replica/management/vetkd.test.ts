import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import {
  DerivedPublicKey,
  EncryptedVetKey,
  IbeCiphertext,
  IbeIdentity,
  IbeSeed,
  isValidTransportPublicKey,
  MasterPublicKey,
  TransportSecretKey,
  verifyBlsSignature,
} from '@dfinity/vetkeys';
import { describe, expect, it } from 'vitest';
import { KEY_NAMES } from '../../../src/replica/chain-keys/chain-keys.ts';
import { vetKdMaster } from '../../../src/replica/chain-keys/vetkd-key.ts';
import { fromHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { SIGNATURE_FEES } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, data, query } from '../support/canister-wat.ts';
import { expectReject, replyI64 } from '../support/outcomes.ts';
import { installRelay, type Relay, relayedReply } from '../support/relay.ts';
import { setupNetwork } from '../support/setup-network.ts';
import { encryptedKeyOf, GENERATOR, publicKeyOf, vetKdCall, vetKdKeyId } from '../support/vetkd.ts';

const CONTEXT = utf8('what the keys are for');
const INPUT = utf8('whose key it is');
const CYCLES = 10n ** 11n;

async function setupRelay() {
  const network = await setupNetwork();
  return { network, relay: await installRelay(network, { amount: 10n ** 15n }) };
}

async function publicKey(relay: Relay, value: object = {}): Promise<DerivedPublicKey> {
  const asked = await relay.call(vetKdCall('vetkd_public_key', { context: CONTEXT, ...value }));
  return DerivedPublicKey.deserialize(publicKeyOf(relayedReply(asked)));
}

async function ask(relay: Relay, value: object = {}, cycles = CYCLES) {
  const defaults = { input: INPUT, context: CONTEXT, transport_public_key: GENERATOR };
  return relay.call(vetKdCall('vetkd_derive_key', { ...defaults, ...value }, cycles));
}

async function encryptedKey(relay: Relay, value: object): Promise<Uint8Array> {
  return encryptedKeyOf(relayedReply(await ask(relay, value)));
}

/** A vetKey as a client gets it: encrypted, opened and verified. */
async function vetKey(relay: Relay, value: { readonly input?: Uint8Array; readonly context?: Uint8Array }) {
  const secret = TransportSecretKey.random();
  const encrypted = await encryptedKey(relay, { ...value, transport_public_key: secret.publicKeyBytes() });
  const { input = INPUT } = value;
  const verifier = await publicKey(relay, value);
  return EncryptedVetKey.deserialize(encrypted).decryptAndVerify(secret, verifier, input);
}

describe('vetkd_derive_key', () => {
  it.each(KEY_NAMES)(
    'gives keys that @dfinity/vetkeys opens and verifies, with public keys that it derives itself, by %s',
    async (name) => {
      const { relay } = await setupRelay();
      const key_id = vetKdKeyId(name);
      const verifier = await publicKey(relay, { key_id });
      const derived = MasterPublicKey.deserialize(vetKdMaster(name).publicKey)
        .deriveCanisterKey(relay.id)
        .deriveSubKey(CONTEXT);
      expect(verifier.publicKeyBytes()).toEqual(derived.publicKeyBytes());

      const secret = TransportSecretKey.random();
      const transport_public_key = secret.publicKeyBytes();
      const encrypted = EncryptedVetKey.deserialize(
        await encryptedKey(relay, { key_id, transport_public_key }),
      );
      const key = encrypted.decryptAndVerify(secret, verifier, INPUT);
      expect(verifyBlsSignature(verifier, INPUT, key.signatureBytes())).toBe(true);
      expect(() => encrypted.decryptAndVerify(secret, verifier, utf8('another'))).toThrow();
      expect(() => encrypted.decryptAndVerify(TransportSecretKey.random(), verifier, INPUT)).toThrow();
    },
  );

  it('gives keys that open what was encrypted for their input, and nothing else', async () => {
    const { relay } = await setupRelay();
    const message = utf8('a secret');
    const sealed = IbeCiphertext.encrypt(
      await publicKey(relay),
      IbeIdentity.fromBytes(INPUT),
      message,
      IbeSeed.random(),
    ).serialize();
    const open = async (value: object) =>
      IbeCiphertext.deserialize(sealed).decrypt(await vetKey(relay, value));
    expect(await open({})).toEqual(message);
    await expect(open({ input: utf8('another') })).rejects.toThrow();
    await expect(open({ context: utf8('another') })).rejects.toThrow();
  });

  it('gives the same key each time, encrypted anew', async () => {
    const { relay } = await setupRelay();
    const first = await (await vetKey(relay, {})).asDerivedKeyMaterial();
    const second = await (await vetKey(relay, {})).asDerivedKeyMaterial();
    const sealed = await first.encryptMessage('a secret', 'domain');
    expect(await second.decryptMessage(sealed, 'domain')).toEqual(utf8('a secret'));
    expect(await encryptedKey(relay, {})).not.toEqual(await encryptedKey(relay, {}));
  });

  it('gives a key in clear for the identity as transport key', async () => {
    const { relay } = await setupRelay();
    const transport_public_key = fromHex(`c0${'00'.repeat(47)}`);
    expect(isValidTransportPublicKey(transport_public_key)).toBe(true);
    const encrypted = await encryptedKey(relay, { transport_public_key });
    expect(verifyBlsSignature(await publicKey(relay), INPUT, encrypted.subarray(144))).toBe(true);
  });

  it('takes its fee, and gives the other cycles back', async () => {
    const { relay } = await setupRelay();
    for (const [name, fee] of SIGNATURE_FEES) {
      const value = { key_id: vetKdKeyId(name) };
      expect((await ask(relay, value)).refunded).toBe(CYCLES - fee);
      expect(await ask(relay, value, fee - 1n)).toMatchObject({
        kind: 'rejected',
        code: 4,
        message: `A derivation by ${name} takes ${fee} cycles, ${fee - 1n} came with the call`,
        refunded: fee - 1n,
      });
    }
  });

  it.each([...SIGNATURE_FEES])('tells a canister beforehand what a key of %s costs', async (name, fee) => {
    const { network } = await setupRelay();
    const cost = `(call $ic0.cost_vetkd_derive_key
      (i32.const 100) (i32.const ${name.length}) (i32.const 0) (i32.const 64))`;
    const id = await network.install(
      canister(
        `${data(100, name)} ${query('cost', `(drop ${cost}) (call $reply_i64 (i64.load (i32.const 64)))`)}`,
      ),
    );
    expect(replyI64(await network.query(id, 'cost'))).toBe(fee);
  });

  it.each([
    ['a key that there is not', { key_id: vetKdKeyId('none') }, /has no key none for bls12_381_g2/],
    [
      'a transport key of 47 bytes',
      { transport_public_key: GENERATOR.subarray(1) },
      /expects 48 bytes, got 47/,
    ],
    [
      'a transport key on no curve',
      { transport_public_key: fromHex(`80${'00'.repeat(46)}01`) },
      /The provided transport public key is invalid/,
    ],
    [
      'a transport key outside of the subgroup',
      { transport_public_key: fromHex(`80${'00'.repeat(47)}`) },
      /The provided transport public key is invalid/,
    ],
  ])('refuses %s', async (_case, value, text) => {
    const { relay } = await setupRelay();
    const message = expect.stringMatching(text);
    expect(await ask(relay, value)).toMatchObject({ kind: 'rejected', code: 4, message, refunded: CYCLES });
  });

  it('refuses another curve', async () => {
    const { relay } = await setupRelay();
    const KeyId = IDL.Record({ curve: IDL.Variant({ bls12_381_g1: IDL.Null }), name: IDL.Text });
    const Blob = IDL.Vec(IDL.Nat8);
    const Arg = IDL.Record({ input: Blob, context: Blob, transport_public_key: Blob, key_id: KeyId });
    const key_id = { curve: { bls12_381_g1: null }, name: 'key_1' };
    const value = { input: INPUT, context: CONTEXT, transport_public_key: GENERATOR, key_id };
    const asked = await relay.call({
      callee: new Uint8Array(),
      method: 'vetkd_derive_key',
      arg: new Uint8Array(IDL.encode([Arg], [value])),
      cycles: CYCLES,
    });
    const message = expect.stringMatching(/Error decoding candid/);
    expect(asked).toMatchObject({ kind: 'rejected', message, refunded: CYCLES });
  });
});

describe('vetkd_public_key', () => {
  it('gives for an empty context the key from which those of all contexts are derived', async () => {
    const { relay } = await setupRelay();
    const above = await publicKey(relay, { context: new Uint8Array() });
    const below = await publicKey(relay);
    expect(above.deriveSubKey(CONTEXT).publicKeyBytes()).toEqual(below.publicKeyBytes());
    expect(above.publicKeyBytes()).not.toEqual(below.publicKeyBytes());
    await expect(vetKey(relay, { context: new Uint8Array() })).resolves.toBeDefined();
  });

  it('differs between canisters, is told of any canister, and costs nothing', async () => {
    const { network, relay } = await setupRelay();
    const other = await installRelay(network);
    const own = await publicKey(other);
    const canister_id = [Principal.fromUint8Array(other.id)];
    expect((await publicKey(relay, { canister_id })).publicKeyBytes()).toEqual(own.publicKeyBytes());
    expect((await publicKey(relay)).publicKeyBytes()).not.toEqual(own.publicKeyBytes());
    const asked = await relay.call(vetKdCall('vetkd_public_key', { context: CONTEXT }));
    expect(asked.refunded).toBe(CYCLES);
  });

  it('refuses a key that there is not', async () => {
    const { relay } = await setupRelay();
    const value = { context: CONTEXT, key_id: vetKdKeyId('key_2') };
    expect(await relay.call(vetKdCall('vetkd_public_key', value))).toMatchObject({
      kind: 'rejected',
      code: 4,
      message: 'This network has no key key_2 for bls12_381_g2',
      refunded: CYCLES,
    });
  });

  it('is for canisters only, as is vetkd_derive_key', async () => {
    const { network } = await setupRelay();
    for (const method of ['vetkd_public_key', 'vetkd_derive_key']) {
      expectReject(await network.call(new Uint8Array(), method), 'IC0406', 'Only canisters');
    }
  });
});
