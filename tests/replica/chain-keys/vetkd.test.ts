import { bls12_381 } from '@noble/curves/bls12-381';
import { describe, expect, it } from 'vitest';
import { ChainKeys } from '../../../src/replica/chain-keys/chain-keys.ts';
import { deriveEncrypted, readTransportKey } from '../../../src/replica/chain-keys/encrypted-key.ts';
import { vetKdKeyOf, vetKdMaster } from '../../../src/replica/chain-keys/vetkd-key.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../src/replica/codec/bytes.ts';

const { G1, G2, fields, pairing } = bls12_381;
const IDENTITY = `c0${'00'.repeat(47)}`;

/** The encoding of a point of G1 whose coordinate is written larger than it has to be. */
function unreduced(): string {
  for (let point = G1.Point.BASE; ; point = point.add(G1.Point.BASE)) {
    const bytes = point.toBytes();
    const [flags = 0] = bytes;
    const x = point.toAffine().x + fields.Fp.ORDER;
    if (x < 1n << 381n) {
      const written = fromHex(x.toString(16).padStart(96, '0'));
      written[0] = (written[0] ?? 0) | (flags & 0xe0);
      return toHex(written);
    }
  }
}

describe('master keys of vetKD', () => {
  it.each([
    [
      'key_1',
      '8c800b5cff00463d26e8167369168827f1e48f4d8d60f71dd6a295580f65275b5f5f8e6a792c876b2c72492136530d07' +
        '10a27522ee63977a76216c3cef9e70bfcb45b88736fc62142e7e0737848ce06cbb1f45a4a6a349b142ae5cf7853561e0',
    ],
    [
      'test_key_1',
      '9069b82c7aae418cef27678291e7f2cb1a008a500eceba7199bffca12421b07c158987c6a22618af3d1958738b283569' +
        '1028801f7663d311799733286c557c8979184bb62cb559a4d582fca7d2e48b860f08ed6641aef66a059ec891889a6218',
    ],
    [
      'dfx_test_key',
      'b181c14cf9d04ba45d782c0067a44b0aaa9fc2acf94f1a875f0dae801af4f80339a7e6bf8b09fcf993824c8df3080b3f' +
        '1409b688ca08cbd44d2cb28db9899f4aa3b5f06b9174240448e10be2f01f9f80079ea5431ce2d11d1c8d1c775333315f',
    ],
  ])('are those of PocketIC: %s', (name, publicKey) => {
    expect(toHex(vetKdMaster(name).publicKey)).toBe(publicKey);
  });

  it('are the same whatever the seed of a network is', () => {
    const [one, other] = [1, 2].map((byte) => new ChainKeys(new Uint8Array(32).fill(byte)));
    const wanted = ['key_1', utf8('canister'), utf8('context')] as const;
    expect(one?.vetKd(...wanted)).toEqual(other?.vetKd(...wanted));
    expect(one?.vetKd('key_2', utf8('canister'), utf8('context'))).toBeUndefined();
  });
});

describe('keys below a master key', () => {
  it('belong to one canister and context, wherever the one ends and the other begins', () => {
    const master = vetKdMaster('key_1');
    const keys = [
      ['a', 'bc'],
      ['ab', 'c'],
      ['abc', ''],
      ['', 'abc'],
    ].map(([id = '', context = '']) => toHex(vetKdKeyOf(master, utf8(id), utf8(context)).publicKey));
    expect(new Set(keys).size).toBe(4);
  });
});

describe('a transport key', () => {
  it.each([
    ['the generator', toHex(G1.Point.BASE.toBytes())],
    ['the identity', IDENTITY],
  ])('may be %s', (_, hex) => {
    expect(readTransportKey(fromHex(hex))?.toHex()).toBe(hex);
  });

  it.each([
    ['of 47 bytes', toHex(G1.Point.BASE.toBytes().subarray(1))],
    ['of 49 bytes', `${toHex(G1.Point.BASE.toBytes())}00`],
    ['not compressed', toHex(G1.Point.BASE.toBytes(false))],
    ['marked as not compressed', `17${toHex(G1.Point.BASE.toBytes()).slice(2)}`],
    ['a point of G2', toHex(G2.Point.BASE.toBytes())],
    ['on no curve', `80${'00'.repeat(46)}01`],
    ['outside of the subgroup', `80${'00'.repeat(47)}`],
    ['of a coordinate that is not reduced', unreduced()],
    ['the identity with a sign', `e0${'00'.repeat(47)}`],
    ['the identity with a coordinate', `c0${'00'.repeat(46)}01`],
  ])('is not %s', (_, hex) => {
    expect(readTransportKey(fromHex(hex))).toBeUndefined();
  });
});

describe('an encrypted vetKey', () => {
  const key = vetKdKeyOf(vetKdMaster('key_1'), utf8('canister'), utf8('context'));
  const secret = 12_345n;
  const transportKey = G1.Point.BASE.multiply(secret);
  const derive = (input: string, byte: number, to = transportKey) =>
    deriveEncrypted(key, { input: utf8(input), transportKey: to, random: new Uint8Array(48).fill(byte) });

  it('is opened by the secret of the transport key, and is the signature of its input', () => {
    const encrypted = derive('input', 1);
    expect(encrypted).toHaveLength(192);
    const [e1, e3] = [encrypted.subarray(0, 48), encrypted.subarray(144)].map((bytes) =>
      G1.Point.fromBytes(bytes),
    );
    const vetKey = e3!.subtract(e1!.multiply(secret));
    const e2 = G2.Point.fromBytes(encrypted.subarray(48, 144));
    expect(pairing(e1!, G2.Point.BASE)).toEqual(pairing(G1.Point.BASE, e2));
    const hash = G1.hashToCurve(concatBytes(key.publicKey, utf8('input')), {
      DST: 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_AUG_',
    });
    expect(pairing(vetKey, G2.Point.BASE)).toEqual(
      pairing(G1.Point.fromAffine(hash.toAffine()), G2.Point.fromBytes(key.publicKey)),
    );
  });

  it('follows from its input, its transport key and the random bytes alone', () => {
    expect(derive('input', 1)).toEqual(derive('input', 1));
    const others = [derive('other', 1), derive('input', 2), derive('input', 1, G1.Point.BASE)];
    for (const other of others) expect(other).not.toEqual(derive('input', 1));
  });

  it('is in clear for the identity', () => {
    const clear = [1, 2].map((byte) => toHex(derive('input', byte, G1.Point.ZERO).subarray(144)));
    expect(clear[0]).toBe(clear[1]);
  });
});
