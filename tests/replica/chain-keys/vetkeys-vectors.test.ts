import {
  augmentedHashToG1,
  DerivedPublicKey,
  EncryptedVetKey,
  hashToScalar,
  IbeCiphertext,
  IbeIdentity,
  IbeSeed,
  MasterPublicKey,
  TransportSecretKey,
  VetKey,
  verifyBlsSignature,
} from '@dfinity/vetkeys';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../../src/replica/codec/bytes.ts';

/** Numbers that DFINITY published with vetKeys. What the network's tests open with this package they open by these rules. */
const PUBLIC_KEY = fromHex(
  '972c4c6cc184b56121a1d27ef1ca3a2334d1a51be93573bd18e168f78f8fe15ce44fb029ffe8e9c3ee6bea2660f4f35e' +
    '0774a35a80d6236c050fd8f831475b5e145116d3e83d26c533545f64b08464e4bcc755f990a381efa89804212d4eef5f',
);
const TRANSPORT_SECRET = fromHex('167b736e44a1c134bd46ca834220c75c186768612568ac264a01554c46633e76');
const TRANSPORT_KEY =
  '911969d56f42875d37a92d7eaa5d43293eff9f9a20ba4c60523e70a695eaeadeb721659b52a49d74e67841ad19033a12';
const ENCRYPTED_KEY = fromHex(
  'b1a13757eaae15a3c8884fc1a3453f8a29b88984418e65f1bd21042ce1d6809b2f8a49f7326c1327f2a3921e8ff1d6c3' +
    'adde2a801f1f88de98ccb40c62e366a279e7aec5875a0ce2f2a9f3e109d9cb193f0197eadb2c5f5568ee4d6a87e11591' +
    '0662e01e604087246be8b081fc6b8a06b4b0100ed1935d8c8d18d9f70d61718c5dba23a641487e72b3b25884eeede8fe' +
    'b3c71599bfbcebe60d29408795c85b4bdf19588c034d898e7fc513be8dbd04cac702a1672f5625f5833d063b05df7503',
);
const VET_KEY =
  '987db5406ce297e729c8564a106dc896943b00216a095fe9c5d32a16a330c02eb80e6f468ede83cde5462b5145b58f65';
const SEALED =
  '4943204942450001a9937528bda5826cf5c7da77a5f5e46719a9748f4ea0aa491c8fba92081e5d55457ab36ec4f63359' +
  '54c6d87987d0b28301bd8da166493bb537c842d20396da5a68cc9e9672fadedf1e311e0057fc906dfd37d1077ca02795' +
  '4c45336405e66e5e4b346b0f24bfd358a09de701654c1e0791741e4826396588440eee021df9b2399f7f98';

describe('the published vectors of vetKeys', () => {
  const publicKey = DerivedPublicKey.deserialize(PUBLIC_KEY);
  const opened = () => {
    const secret = TransportSecretKey.deserialize(TRANSPORT_SECRET);
    return EncryptedVetKey.deserialize(ENCRYPTED_KEY).decryptAndVerify(secret, publicKey, utf8('message'));
  };

  it('hold for a canister’s key below a master key', () => {
    const master = MasterPublicKey.deserialize(
      fromHex(
        '9183b871aa141d15ba2efc5bc58a49cb6a167741364804617f48dfe11e0285696b7018f172dad1a87ed81abf27ea4c32' +
          '0995041e2ee4a47b2226a2439d92a38557a7e2acc72fd157283b20f1f37ba872be235214c6a9cbba1eb2ef39deec72a5',
      ),
    );
    expect(toHex(master.deriveCanisterKey(utf8('test-canister-id')).publicKeyBytes())).toBe(
      'af78a908589d332fc8b9d042807c483e73872e2aea7620bdb985b9289d5a99ebfd5ac0ec4844a4c542f6d0f12a716d94' +
        '1674953cef4f38dde601ce9792db8832557eaa051733c5541fa5017465d69b62cc4d93f2079fb8c050b4bd735ef75859',
    );
  });

  it('hold for a context’s key below that of a canister', () => {
    const canister = DerivedPublicKey.deserialize(
      fromHex(
        '8bf165ea580742abf5fd5123eb848aa116dcf75c3ddb3cd3540c852cf99f0c5394e72dfc2f25dbcb5f9220f251cd0404' +
          '0a508a0bcb8b2543908d6626b46f09d614c924c5deb63a9949338ae4f4ac436bd77f8d0a392fd29de0f392a009fa61f3',
      ),
    );
    expect(toHex(canister.deriveSubKey(utf8('test-context')).publicKeyBytes())).toBe(
      '80b4f1e11766d32bed0ea4e8b05e82bf84519de4a63eca0213d9e3603a946ea2968150882d1e9508701f34048fcec809' +
        '19b4f493a2a254fc13dc956f1d82c6b8e641f962e1c0342c95eb58e168327d5e51e9337627ac9f1aa93d2e3058a1ff09',
    );
  });

  it.each([
    ['', '3b3fdf74b194c0a0f683d67a312a4e72d663d74b8478dc7b56be41e0ce11caa1'],
    ['abc', '47e7a8839695a3df27f202cf71e295a8554b47cef75c1e316b1865317720e188'],
  ])('hold for the hash of %j to a number', (text, hash) => {
    const domain = 'QUUX-V01-CS02-with-BLS12381SCALAR_XMD:SHA-256_SSWU_RO_';
    expect(hashToScalar(utf8(text), domain).toString(16)).toBe(hash);
  });

  it('hold for the hash of a message to G1', () => {
    const key = DerivedPublicKey.deserialize(
      fromHex(
        '80e38f040fae321c75cf8faf8c6e9500c92b7cac022ca3eb48fb01c8e91d8c2bc806c2665ed28a0a8c87a4bff717dd3c' +
          '0c4eb57ad635bc582f89c171b8478f2fe1b806c3faeed7133b13141aaf4a65aa0c5d7902dc80102e91e6f73fe56fa34f',
      ),
    );
    expect(new VetKey(augmentedHashToG1(key, fromHex('25138dfc69267bd861d8ad9f05b9'))).serialize()).toEqual(
      fromHex(
        '8e946e53188c951301b895c228c48cdeebf008d0fbc5b0aa8bff07a30926fb166485137dc372983433032673f74c24e6',
      ),
    );
  });

  it('hold for a key that is opened, which is a signature', () => {
    expect(toHex(TransportSecretKey.deserialize(TRANSPORT_SECRET).publicKeyBytes())).toBe(TRANSPORT_KEY);
    expect(toHex(opened().serialize())).toBe(VET_KEY);
    expect(verifyBlsSignature(publicKey, utf8('message'), fromHex(VET_KEY))).toBe(true);
    expect(verifyBlsSignature(publicKey, utf8('another message'), fromHex(VET_KEY))).toBe(false);
  });

  it('hold for what is encrypted for an identity', () => {
    const seed = IbeSeed.fromBytes(new Uint8Array(32));
    const identity = IbeIdentity.fromString('message');
    const sealed = IbeCiphertext.encrypt(publicKey, identity, fromHex('f00f11'), seed);
    expect(toHex(sealed.serialize())).toBe(SEALED);
    expect(toHex(IbeCiphertext.deserialize(fromHex(SEALED)).decrypt(opened()))).toBe('f00f11');
  });

  it('hold for symmetric keys and messages under them', async () => {
    const domain = 'QUUX-V01-CS02-with-expander-SHA256-128';
    expect(toHex(opened().deriveSymmetricKey(domain, 32))).toBe(
      'ed2984e1a5eca6d49294e96db7f31b9f47fb3ae5f48383926f16811ffb9fd991',
    );
    const key = VetKey.deserialize(
      fromHex(
        'ad19676dd92f116db11f326ff0822f295d87cc00cf65d9f132b5a618bb7381e5b0c3cb814f15e4a0f015359dcfa8a1da',
      ),
    );
    const sealed = fromHex(
      '476f440e30bb95fff1420ce41ba6a07e03c3fcc0a751cfb23e64a8dcb0fc2b1eb74e2d4768f5c4dccbf2526609156664046ad27a6e78bd93bb8b',
    );
    const material = await key.asDerivedKeyMaterial();
    expect(await material.decryptMessage(sealed, 'ic-test-domain-sep')).toEqual(
      utf8('stay calm, this is only a test'),
    );
  });
});
