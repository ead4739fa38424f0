import { createHmac, createPublicKey, hkdfSync, verify } from 'node:crypto';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { ed25519 } from '@noble/curves/ed25519';
import { p256 } from '@noble/curves/nist';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1';
import { describe, expect, it } from 'vitest';
import { toNumber } from '../../../src/replica/chain-keys/extended-key.ts';
import { concatBytes, fromHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import {
  EcdsaPublicKeyArg,
  PublicKeyResult,
  SchnorrPublicKeyArg,
  SignatureResult,
  SignWithEcdsaArg,
  SignWithSchnorrArg,
} from '../../../src/replica/management/signature-types.ts';
import { SIGNATURE_FEES } from '../../../src/replica/system-api/cycle-costs.ts';
import { expectReject } from '../support/outcomes.ts';
import { installRelay, type Relay, relayedReply } from '../support/relay.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { setupNetwork } from '../support/setup-network.ts';

const MANAGEMENT_CANISTER = new Uint8Array();
const CYCLES = 10n ** 11n;
const HASH = sha256(utf8('what is signed'));
/** The SubjectPublicKeyInfo of RFC 8410, up to the key. */
const ED25519_DER = fromHex('302a300506032b6570032100');

const TYPES = {
  ecdsa_public_key: EcdsaPublicKeyArg,
  schnorr_public_key: SchnorrPublicKeyArg,
  sign_with_ecdsa: SignWithEcdsaArg,
  sign_with_schnorr: SignWithSchnorrArg,
};

interface PublicKey {
  readonly public_key: Uint8Array;
  readonly chain_code: Uint8Array;
}

async function ask(relay: Relay, method: keyof typeof TYPES, value: object, cycles = CYCLES) {
  const arg = new Uint8Array(IDL.encode([TYPES[method]], [{ canister_id: [], aux: [], ...value }]));
  return relay.call({ callee: MANAGEMENT_CANISTER, method, arg, cycles });
}

async function publicKey(
  relay: Relay,
  method: 'ecdsa_public_key' | 'schnorr_public_key',
  value: object,
): Promise<PublicKey> {
  const reply = relayedReply(await ask(relay, method, value));
  const [key] = IDL.decode([PublicKeyResult], reply.slice());
  return key as unknown as PublicKey;
}

async function signature(relay: Relay, method: 'sign_with_ecdsa' | 'sign_with_schnorr', value: object) {
  const reply = relayedReply(await ask(relay, method, value));
  const [{ signature: bytes }] = IDL.decode([SignatureResult], reply.slice()) as unknown as [
    { signature: Uint8Array },
  ];
  return Uint8Array.from(bytes);
}

async function setupRelay() {
  const network = await setupNetwork();
  return { network, relay: await installRelay(network, { amount: 10n ** 15n }) };
}

const ecdsa = (curve: string, name = 'key_1') => ({ curve: { [curve]: null }, name });
const schnorrKey = (algorithm: string, name = 'key_1') => ({ algorithm: { [algorithm]: null }, name });

describe('sign_with_ecdsa', () => {
  it.each([
    ['secp256k1', 'dfx_test_key', secp256k1],
    ['secp256k1', 'key_1', secp256k1],
    ['secp256r1', 'test_key_1', p256],
  ] as const)('signs on %s by %s for the public key that is told', async (curve, name, verifier) => {
    const { relay } = await setupRelay();
    const key = { derivation_path: [utf8('a'), new Uint8Array()], key_id: ecdsa(curve, name) };
    const { public_key, chain_code } = await publicKey(relay, 'ecdsa_public_key', key);
    expect([public_key.length, chain_code.length]).toEqual([33, 32]);
    const signed = await signature(relay, 'sign_with_ecdsa', { ...key, message_hash: HASH });
    expect(signed).toHaveLength(64);
    expect(verifier.verify(signed, HASH, Uint8Array.from(public_key), { prehash: false })).toBe(true);
    expect(verifier.verify(signed, sha256(HASH), Uint8Array.from(public_key), { prehash: false })).toBe(
      false,
    );
  });

  it('has keys that anyone derives from those above them', async () => {
    const { relay } = await setupRelay();
    const at = (...derivation_path: Uint8Array[]) =>
      publicKey(relay, 'ecdsa_public_key', { derivation_path, key_id: ecdsa('secp256k1') });
    const above = await at();
    const index = utf8('an index of any length');
    const digest = createHmac('sha512', above.chain_code).update(above.public_key).update(index).digest();
    const point = secp256k1.Point.fromHex(Uint8Array.from(above.public_key)).add(
      secp256k1.Point.BASE.multiply(toNumber(digest.subarray(0, 32))),
    );
    const below = await at(index);
    expect(Uint8Array.from(below.public_key)).toEqual(point.toBytes(true));
    expect(Uint8Array.from(below.chain_code)).toEqual(Uint8Array.from(digest.subarray(32)));
  });

  it('takes its fee, and gives the other cycles back', async () => {
    const { relay } = await setupRelay();
    for (const [name, fee] of SIGNATURE_FEES) {
      const value = { derivation_path: [], key_id: ecdsa('secp256k1', name), message_hash: HASH };
      expect((await ask(relay, 'sign_with_ecdsa', value)).refunded).toBe(CYCLES - fee);
      const refused = await ask(relay, 'sign_with_ecdsa', value, fee - 1n);
      expect(refused).toMatchObject({ kind: 'rejected', code: 4, refunded: fee - 1n });
    }
  });

  it.each([
    [
      'a hash of another length',
      { message_hash: new Uint8Array(31) },
      /message_hash expects 32 bytes, got 31/,
    ],
    [
      'a path that is too long',
      { derivation_path: Array(256).fill(HASH) },
      /derivation_path has 256 entries/,
    ],
    ['a key that there is not', { key_id: ecdsa('secp256k1', 'none') }, /has no key none for secp256k1/],
  ])('refuses %s', async (_case, changes, text) => {
    const { relay } = await setupRelay();
    const value = { derivation_path: [], key_id: ecdsa('secp256k1'), message_hash: HASH, ...changes };
    const message = expect.stringMatching(text);
    expect(await ask(relay, 'sign_with_ecdsa', value)).toMatchObject({
      kind: 'rejected',
      message,
      refunded: CYCLES,
    });
  });
});

describe('sign_with_schnorr', () => {
  it('signs by BIP-340, also for the output key of BIP-341', async () => {
    const { relay } = await setupRelay();
    // Keys of both parities come up among these.
    for (const index of [0, 1, 2, 3]) {
      const key = { derivation_path: [Uint8Array.of(index)], key_id: schnorrKey('bip340secp256k1') };
      const { public_key } = await publicKey(relay, 'schnorr_public_key', key);
      const internal = Uint8Array.from(public_key.slice(1));
      const message = utf8('of any length');
      const plain = await signature(relay, 'sign_with_schnorr', { ...key, message });
      expect(schnorr.verify(plain, message, internal)).toBe(true);
      for (const root of [new Uint8Array(), HASH]) {
        const aux = [{ bip341: { merkle_root_hash: root } }];
        const tweaked = await signature(relay, 'sign_with_schnorr', { ...key, message, aux });
        const tweak = toNumber(schnorr.utils.taggedHash('TapTweak', internal, root));
        const output = schnorr.utils.lift_x(toNumber(internal)).add(secp256k1.Point.BASE.multiply(tweak));
        expect(schnorr.verify(tweaked, message, output.toBytes(true).slice(1))).toBe(true);
      }
    }
  });

  it('signs by Ed25519, with keys that anyone derives from those above them', async () => {
    const { relay } = await setupRelay();
    const at = (...derivation_path: Uint8Array[]) => ({
      derivation_path,
      key_id: schnorrKey('ed25519', 'test_key_1'),
    });
    const above = await publicKey(relay, 'schnorr_public_key', at());
    const index = utf8('index');
    const below = await publicKey(relay, 'schnorr_public_key', at(index));
    const material = concatBytes(Uint8Array.from(above.public_key), index);
    const okm = new Uint8Array(hkdfSync('sha512', material, above.chain_code, 'Ed25519', 96));
    const tweak = toNumber(okm.subarray(0, 64)) % ed25519.Point.CURVE().n;
    const point = ed25519.Point.fromHex(Uint8Array.from(above.public_key)).add(
      ed25519.Point.BASE.multiply(tweak),
    );
    expect(Uint8Array.from(below.public_key)).toEqual(point.toBytes());
    expect(Uint8Array.from(below.chain_code)).toEqual(okm.slice(64));

    const message = utf8('signed');
    const signatures = [
      await signature(relay, 'sign_with_schnorr', { ...at(index), message }),
      await signature(relay, 'sign_with_schnorr', { ...at(index), message }),
    ];
    const key = createPublicKey({
      key: Buffer.from(concatBytes(ED25519_DER, Uint8Array.from(below.public_key))),
      format: 'der',
      type: 'spki',
    });
    for (const each of signatures) expect(verify(null, message, key, each)).toBe(true);
    expect(signatures[0]).not.toEqual(signatures[1]);
  });

  it.each([
    [
      'a tree of scripts for Ed25519',
      { key_id: schnorrKey('ed25519'), aux: [{ bip341: { merkle_root_hash: HASH } }] },
      /aux.bip341 expects the algorithm bip340secp256k1/,
    ],
    [
      'a root of another length',
      { key_id: schnorrKey('bip340secp256k1'), aux: [{ bip341: { merkle_root_hash: Uint8Array.of(1) } }] },
      /merkle_root_hash expects 0 or 32 bytes, got 1/,
    ],
    ['too few cycles', { key_id: schnorrKey('ed25519') }, /takes 26153846153 cycles, 5 came/, 5n],
  ])('refuses %s', async (_case, value, text, cycles = CYCLES) => {
    const { relay } = await setupRelay();
    const asked = await ask(
      relay,
      'sign_with_schnorr',
      { derivation_path: [], message: HASH, ...value },
      cycles,
    );
    expect(asked).toMatchObject({ kind: 'rejected', message: expect.stringMatching(text) });
  });
});

describe('the keys of canisters', () => {
  it('differ, and are told of any canister', async () => {
    const { network, relay } = await setupRelay();
    const other = await installRelay(network);
    const key = { derivation_path: [], key_id: schnorrKey('ed25519') };
    const own = await publicKey(other, 'schnorr_public_key', key);
    const canister_id = [Principal.fromUint8Array(other.id)];
    expect(await publicKey(relay, 'schnorr_public_key', { ...key, canister_id })).toEqual(own);
    expect(await publicKey(relay, 'schnorr_public_key', key)).not.toEqual(own);
  });

  it('are for canisters only', async () => {
    const { network } = await setupRelay();
    for (const method of Object.keys(TYPES)) {
      expectReject(await network.call(MANAGEMENT_CANISTER, method), 'IC0406', 'Only canisters');
    }
  });

  it('are the same after the network was opened again', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const relay = await installRelay(first, { amount: 10n ** 15n });
    const key = { derivation_path: [], key_id: ecdsa('secp256k1') };
    const before = await publicKey(relay, 'ecdsa_public_key', key);
    await first.network.close();
    const again = await setupNetwork({ directory });
    const other = await installRelay(again, { amount: 10n ** 15n });
    const canister_id = [Principal.fromUint8Array(relay.id)];
    expect(await publicKey(other, 'ecdsa_public_key', { ...key, canister_id })).toEqual(before);
  });
});
