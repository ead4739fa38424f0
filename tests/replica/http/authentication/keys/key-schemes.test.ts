import type { SignIdentity } from '@dfinity/agent';
import { IC_ROOT_KEY } from '@dfinity/agent';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { CertificateVerifier } from '../../../../../src/replica/certification/certificate-verifier.ts';
import { delegate } from '../../../../../src/replica/certification/delegation.ts';
import { INTERNET_COMPUTER_KEY } from '../../../../../src/replica/certification/internet-computer-key.ts';
import { LabeledMap, Leaf } from '../../../../../src/replica/certification/labeled-map.ts';
import { createNetworkKeys } from '../../../../../src/replica/certification/network-keys.ts';
import type { SubnetEntry, SubnetType } from '../../../../../src/replica/certification/state-entries.ts';
import { StateTree } from '../../../../../src/replica/certification/state-tree.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../../../src/replica/codec/bytes.ts';
import { type Encodable, encodeBareCbor, encodeCbor } from '../../../../../src/replica/codec/cbor.ts';
import { sha256 } from '../../../../../src/replica/codec/sha256.ts';
import { parsePublicKey } from '../../../../../src/replica/http/authentication/keys/parse-public-key.ts';
import type { CertificateMaker } from '../../../support/certificates.ts';
import { certifiedIn } from '../../../support/certificates.ts';
import {
  type AssertionChange,
  type CanisterSignatureChange,
  canisterKey,
  canisterSigner,
  coseOf,
  signatureTree,
  type WebAuthnAlgorithm,
  webAuthnKeys,
  webAuthnSigner,
  wrapKey,
} from '../../../support/signers.ts';
import { post } from '../../post.ts';
import { keys, setupNetwork, stranger, type TestNetwork } from '../../setup-network.ts';
import { contentOf, type Fields, hashOfFields, link, signed } from '../../sign-request.ts';

const SIGNING_CANISTER = fromHex('00000000001000070101');
const SEED = utf8('alice');
const session = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(70));
const other = createNetworkKeys({ root: new Uint8Array(32).fill(21), node: new Uint8Array(32).fill(22) });

type MakeSigner = (network: TestNetwork) => SignIdentity;

const canisterOf =
  (change: CanisterSignatureChange = {}, certificates?: CertificateMaker): MakeSigner =>
  ({ state }) =>
    canisterSigner(SIGNING_CANISTER, SEED, certificates ?? certifiedIn(state, SIGNING_CANISTER), change);

const signers: readonly (readonly [string, MakeSigner])[] = [
  ['a canister signature', canisterOf()],
  ...(['ES256', 'RS256', 'EdDSA'] as const).map(
    (algorithm: WebAuthnAlgorithm) =>
      [`a WebAuthn key of ${algorithm}`, () => webAuthnSigner(algorithm)] as const,
  ),
];

const endpoints = [
  ['call', 'v3/call', 200],
  ['query', 'v3/query', 200],
  ['read_state', 'v3/read_state', 200],
] as const;

describe.each(signers)('key schemes: %s', (_name, make) => {
  it.each(endpoints)('signs a %s', async (type, where, status) => {
    const network = setupNetwork();
    const signer = make(network);
    const answer = await post(network.app, where, encodeCbor(await signed(signer, contentOf(signer, type))));
    expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([status, '']);
  });

  it.each(['first', 'middle', 'last'])('is the %s key of a chain of delegations', async (place) => {
    const network = setupNetwork();
    const signer = make(network);
    const chain = {
      first: [signer, session, stranger],
      middle: [session, signer, stranger],
      last: [session, stranger, signer],
    }[place];
    const [root = signer, next = signer, last = signer] = chain ?? [];
    const links = [await link(root, next), await link(next, last)];
    for (const [type, where, status] of endpoints) {
      const envelope = await signed(root, contentOf(root, type), { signer: last, links });
      const answer = await post(network.app, where, encodeCbor(envelope));
      expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([status, '']);
    }
  });

  it('does not sign for another message', async () => {
    const network = setupNetwork();
    const signer = make(network);
    const { sender_sig } = await signed(signer, contentOf(signer, 'call', { arg: Uint8Array.of(2) }));
    const envelope = { ...(await signed(signer, contentOf(signer, 'call'))), sender_sig };
    const answer = await post(network.app, 'v3/call', encodeCbor(envelope));
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/^Invalid /);
    expect(network.subnet.ran).toEqual([]);
  });
});

/** A call whose sender is the signer. */
async function callBy(make: MakeSigner, options: Parameters<typeof setupNetwork>[0] = {}) {
  const network = setupNetwork(options);
  const signer = make(network);
  const answer = await post(
    network.app,
    'v3/call',
    encodeCbor(await signed(signer, contentOf(signer, 'call'))),
  );
  expect(network.subnet.ran.length).toBe(answer.status === 200 ? 1 : 0);
  return answer;
}

/** A subnet to which the test network's root key delegates. */
function subnetOf(type: SubnetType | undefined, last = '00000000001fffff0101', root = keys.root) {
  const subnetKeys = createNetworkKeys({
    root: new Uint8Array(32).fill(31),
    node: new Uint8Array(32).fill(32),
  });
  const entry: SubnetEntry = {
    keys: subnetKeys,
    type: type ?? 'application',
    canisterRanges: [[fromHex('00000000001000000101'), fromHex(last)]],
  };
  return { entry, state: new StateTree(entry, () => delegate(root, entry, 1n)) };
}

describe('key schemes: the certificate of a canister signature', () => {
  it('may be of a subnet to which the root key delegates', async () => {
    const { state } = subnetOf('application');
    const answer = await callBy(canisterOf({}, certifiedIn(state, SIGNING_CANISTER)));
    expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  });

  it('may be of another root key that the network trusts', async () => {
    const state = new StateTree({ keys: other, type: 'system', canisterRanges: [] });
    const make = canisterOf({}, certifiedIn(state, SIGNING_CANISTER));
    expect((await callBy(make)).text).toMatch(/not signed by a root key that this network trusts/);
    const rootKeys = () => [keys.root.publicKeyDer, other.root.publicKeyDer];
    expect((await callBy(make, { rootKeys })).status).toBe(200);
  });

  it('is trusted under the key of the public network, which agents know', () => {
    expect(toHex(INTERNET_COMPUTER_KEY)).toBe(IC_ROOT_KEY);
  });

  const nested = subnetOf('application');
  const inner = new StateTree(nested.entry, () => ({
    subnetId: nested.entry.keys.subnetId,
    certificate: nested.state.certificate([]),
  }));

  it.each<readonly [string, MakeSigner, RegExp]>([
    [
      'of a cloud engine',
      canisterOf({}, certifiedIn(subnetOf('cloud_engine').state, SIGNING_CANISTER)),
      /cloud engine cannot sign/,
    ],
    [
      'of a subnet that has other canisters',
      canisterOf({}, certifiedIn(subnetOf('application', '00000000001000060101').state, SIGNING_CANISTER)),
      /outside of the canister ranges/,
    ],
    [
      'of a subnet to which another root key delegates',
      canisterOf({}, certifiedIn(subnetOf('application', undefined, other.root).state, SIGNING_CANISTER)),
      /delegation's certificate is not signed by a root key/,
    ],
    [
      'whose delegation is delegated',
      canisterOf({}, certifiedIn(inner, SIGNING_CANISTER)),
      /own certificate has a delegation/,
    ],
    [
      'of another canister',
      ({ state }) =>
        canisterSigner(SIGNING_CANISTER, SEED, certifiedIn(state, fromHex('00000000001000080101'))),
      /certified data is not the hash of the tree/,
    ],
    [
      'of other data',
      ({ state }) => {
        const certify = certifiedIn(state, SIGNING_CANISTER);
        return canisterSigner(SIGNING_CANISTER, SEED, () => certify(sha256(utf8('other'))));
      },
      /certified data is not the hash of the tree/,
    ],
    [
      'that is none',
      canisterOf({ fields: ({ tree }) => ({ certificate: utf8('x'), tree }) }),
      /CBOR tag 55799/,
    ],
    [
      'without its tag',
      canisterOf({ fields: ({ certificate, tree }) => ({ certificate: certificate.slice(3), tree }) }),
      /CBOR tag 55799/,
    ],
    [
      'with one bit of its signature changed',
      canisterOf({
        fields: ({ certificate, tree }) => {
          const bent = certificate.slice();
          bent[bent.length - 20] = (bent[bent.length - 20] ?? 0) ^ 1;
          return { certificate: bent, tree };
        },
      }),
      /not signed by a root key/,
    ],
  ])('is refused: one %s', async (_what, make, reason) => {
    const answer = await callBy(make);
    expect(answer.text).toMatch(reason);
    expect(answer.status).toBe(400);
  });
});

const leaf = (...path: readonly Uint8Array[]): LabeledMap | Leaf =>
  path.reduceRight<LabeledMap | Leaf>(
    (node, label) => LabeledMap.of([label, node]),
    new Leaf(new Uint8Array()),
  );
const fields = (change: (tree: Encodable) => Encodable): CanisterSignatureChange => ({
  fields: ({ certificate, tree }) => ({ certificate, tree: change(tree) }),
});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const deep = (levels: number): Encodable => {
  let tree: Encodable = [0];
  for (let i = 0; i < levels; i++) tree = [1, tree, [0]];
  return tree;
};

describe('key schemes: hostile encodings', () => {
  it.each<readonly [string, CanisterSignatureChange, RegExp]>([
    ['another message', { tree: (seed) => signatureTree(seed, utf8('x')) }, /does not have the message/],
    [
      'another seed',
      { tree: (_seed, message) => signatureTree(utf8('bob'), message) },
      /does not have the message/,
    ],
    [
      'a value in the place of nothing',
      { tree: (seed, message) => signatureTree(seed, message, utf8('x')) },
      /does not have the message/,
    ],
    [
      'the message elsewhere',
      { tree: (seed, message) => LabeledMap.of([utf8('gis'), leaf(sha256(seed), sha256(message))]) },
      /does not have the message/,
    ],
    ['no tree', fields(() => 'x'), /"tree" is not a hash tree/],
    ['a tree of an unknown kind', fields(() => [5, new Uint8Array()]), /"tree" is not a hash tree/],
    ['a fork of one side', fields((tree) => [1, tree]), /"tree" is not a hash tree/],
    ['a pruned tree of 31 bytes', fields((tree) => [1, tree, [4, new Uint8Array(31)]]), /not a hash tree/],
    ['a leaf beside labels', fields((tree) => [1, tree, [3, utf8('x')]]), /not well formed/],
    ['labels out of order', fields((tree) => [1, tree, [2, utf8('a'), [0]]]), /not well formed/],
    ['a label twice', fields((tree) => [1, tree, tree]), /not well formed/],
    ['a tree of 500 forks', fields(() => deep(500)), /nests deeper/],
    [
      'a certificate that is text',
      { fields: ({ tree }) => ({ certificate: 'x', tree }) },
      /"certificate" is not a byte/,
    ],
  ])('refuses a canister signature with %s', async (_what, change, reason) => {
    const answer = await callBy(canisterOf(change));
    expect(answer.text).toMatch(reason);
    expect(answer.status).toBe(400);
  });

  it.each<readonly [string, AssertionChange, RegExp]>([
    [
      'another challenge',
      (all) => ({ ...all, client_data_json: '{"challenge":"eA"}' }),
      /challenge .* not the message/,
    ],
    [
      'the challenge with padding',
      (all, message) => ({
        ...all,
        client_data_json: JSON.stringify({ challenge: `${Buffer.from(message).toString('base64url')}=` }),
      }),
      /challenge .* not the message/,
    ],
    ['no challenge', (all) => ({ ...all, client_data_json: '{}' }), /has no challenge/],
    ['client data that is null', (all) => ({ ...all, client_data_json: 'null' }), /has no challenge/],
    ['client data that is no JSON', (all) => ({ ...all, client_data_json: '{' }), /is not JSON/],
    ['client data that is no text', (all) => ({ ...all, client_data_json: 1n }), /is not a text/],
    ['client data that is not UTF-8', (all) => ({ ...all, client_data_json: fromHex('ff') }), /is not JSON/],
    ['no authenticator data', (all) => ({ ...all, authenticator_data: undefined }), /authenticator_data/],
    [
      'other authenticator data',
      (all) => ({ ...all, authenticator_data: new Uint8Array(37) }),
      /^Invalid signature$/,
    ],
    ['no signature', (all) => ({ ...all, signature: undefined }), /signature is not a byte string/],
    ['an empty signature', (all) => ({ ...all, signature: new Uint8Array() }), /^Invalid signature$/],
    [
      'client data with a space more',
      (all) => ({ ...all, client_data_json: `${textOf(all['client_data_json'])} ` }),
      /^Invalid signature$/,
    ],
  ])('refuses a WebAuthn signature with %s', async (_what, change, reason) => {
    for (const algorithm of ['ES256', 'EdDSA'] as const) {
      const answer = await callBy(() => webAuthnSigner(algorithm, change));
      expect(answer.text).toMatch(reason);
      expect(answer.status).toBe(400);
    }
  });

  it('takes client data as bytes too, as older agents write it', async () => {
    const make = () =>
      webAuthnSigner('ES256', (all) => ({ ...all, client_data_json: utf8(textOf(all['client_data_json'])) }));
    expect((await callBy(make)).status).toBe(200);
  });

  const { publicKey: ecKey } = webAuthnKeys('ES256');
  const { publicKey: edKey } = webAuthnKeys('EdDSA');
  const { publicKey: smallRsa } = webAuthnKeys('RS256', 1024);
  const canisterDer = canisterKey(SIGNING_CANISTER, SEED);
  const cut = (der: Uint8Array, at: number, ...bytes: number[]) =>
    concatBytes(der.subarray(0, at), Uint8Array.from(bytes), der.subarray(at + bytes.length));

  it.each<readonly [string, Uint8Array, RegExp]>([
    ['bytes after a canister key', concatBytes(canisterDer, Uint8Array.of(0)), /Unsupported public key/],
    ['a canister key that is cut', canisterDer.slice(0, -1), /Unsupported public key/],
    [
      'a length written longer than needed',
      concatBytes(fromHex('3081'), canisterDer.subarray(1)),
      /Unsupported/,
    ],
    ['a length without end', cut(canisterDer, 1, 0x80), /Unsupported/],
    ['a length of 127 bytes', fromHex('30ff'), /Unsupported/],
    ['an algorithm with parameters', fromHex('3014300e060a2b0601040183b84301020500030200ff'), /Unsupported/],
    ['a bit string with unused bits', cut(canisterDer, 18, 0x01), /Unsupported/],
    ['a scheme that there is not', cut(canisterDer, 15, 0x03), /Unsupported/],
    ['a canister key without an id', wrapKey(2, new Uint8Array()), /does not have a canister id/],
    ['a canister key whose id is cut', wrapKey(2, Uint8Array.of(10, 1, 2)), /does not have a canister id/],
    [
      'a canister key with an id of 30 bytes',
      wrapKey(2, new Uint8Array(40).fill(30)),
      /does not have a canister id/,
    ],
    ['a COSE key that is no CBOR', wrapKey(1, utf8('x')), /not a COSE key/],
    ['a COSE key that is an array', wrapKey(1, encodeBareCbor([1])), /not a COSE key/],
    ['a COSE key with names', wrapKey(1, encodeBareCbor({ kty: 2 })), /not a COSE key/],
    ['a COSE key of no algorithm', wrapKey(1, encodeBareCbor(new Map([[1, 2]]))), /Unsupported WebAuthn key/],
    [
      'a COSE key with bytes after it',
      wrapKey(1, concatBytes(coseOf(ecKey), Uint8Array.of(0))),
      /not a COSE key/,
    ],
    ['ES384', wrapKey(1, coseOf(ecKey, [[3, -35]])), /Unsupported WebAuthn key/],
    ['ES256 on another curve', wrapKey(1, coseOf(ecKey, [[-1, 8]])), /another curve/],
    ['EdDSA on another curve', wrapKey(1, coseOf(edKey, [[-1, 7]])), /another curve/],
    [
      'a coordinate of 33 bytes',
      wrapKey(1, coseOf(ecKey, [[-2, new Uint8Array(33)]])),
      /does not have 32 bytes/,
    ],
    ['a coordinate that is a sign', wrapKey(1, coseOf(ecKey, [[-3, true]])), /not a byte string/],
    [
      'a point that is not on the curve',
      wrapKey(1, coseOf(ecKey, [[-3, new Uint8Array(32).fill(1)]])),
      /not a valid key/,
    ],
    ['RSA of 1,024 bits', wrapKey(1, coseOf(smallRsa)), /2,048 to 8,192 bits/],
    [
      'RSA of 16,384 bits',
      wrapKey(1, coseOf(smallRsa, [[-1, new Uint8Array(2048).fill(255)]])),
      /2,048 to 8,192 bits/,
    ],
    [
      'RSA with an exponent of 1 MiB',
      wrapKey(
        1,
        coseOf(smallRsa, [
          [-1, new Uint8Array(256).fill(255)],
          [-2, new Uint8Array(1000).fill(255)],
        ]),
      ),
      /2,048 to 8,192 bits/,
    ],
    ['no bytes', new Uint8Array(), /Unsupported|missing/],
  ])('refuses a key that is %s', async (_what, der, reason) => {
    const network = setupNetwork();
    const sender = Principal.selfAuthenticating(der.slice()).toUint8Array();
    const content = { ...contentOf(session, 'call'), sender } as Fields;
    const envelope = { content, sender_pubkey: der, sender_sig: new Uint8Array(64) };
    const answer = await post(network.app, 'v3/call', encodeCbor(envelope));
    expect(answer.text).toMatch(reason);
    expect(answer.status).toBe(400);
    expect(network.subnet.ran).toEqual([]);
  });
});

describe('key schemes: WebAuthn signatures that hardware made', () => {
  /** Of the message "hello", by a YubiKey and by Windows Hello: the vectors that the public network's replica is tested with. */
  const vectors = [
    [
      'ES256',
      '305e300c060a2b0601040183b8430101034e00a5010203262001215820b487d183dc4806058eb31a29bedefd7bcca987b77a381a3684871d8449c183942258202a122cc711a80453678c3032de4b6fff2c86342e82d1e7adb617c4165c43ce5e',
      'd9d9f7a37261757468656e74696361746f725f646174615825bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5010000000170636c69656e745f646174615f6a736f6e58517b2274797065223a2022776562617574686e2e676574222c20226368616c6c656e6765223a202261475673624738222c20226f726967696e223a202268747470733a2f2f6578616d706c652e6f7267227d697369676e617475726558463044022063627c69661048fb111b13dec2f3675010493c1c276c6a144f44e1fabab01d300220517d3cbd70658933dab63fd23cf05f7274aea6afad206be04d4ec5e268b471d2',
    ],
    [
      'RS256',
      '30820123300c060a2b0601040183b84301010382011100a401030339010020590100c6b690341eef02719f6d1dfce2db1f77ac9bd632ba70efcee92bae2073c09927ee3670a6696eec0cee96189ddb448d04ec4e4674e940af9f905e893b4ce25821ada8b45c6cd11f2ee0cda668c7c2a2a8a56d5e1f23f5ca0bb6e193c1d34ead16d84cc4b72e26763711fcf49fac3b508715dc9f494ec1379ed5a95c53b9b1edcc027d7013248bbe6d1e1445912a5a21b27168db7f60aa73253e981c33f54f61c67dbce3d9c10d5f0e6af1c112a65c8ce64a1d01ae1e31a53e3d4525addcece402f1e62208d42ebde528830f93bebc898901947ec0fb218a96a53968d07e09b8a067e5a4c825632e24e450c4c9ef8138dcc91f9f9168a603c13bd4f2f8a0d3ee6b2143010001',
      'd9d9f7a3697369676e617475726559010001dac0ad9ee89c9b9d3f772bb8dd79bc16839a026bf4378629789bede8e5e284bce9c59e2c5b2fd5d8daff964d4eec1a43eb6f083595f1ce42c9f78445dba95146e3338680ca72f7720371d88d56ab6578a67f9791954787d54e4c5687bb0d3379a268dbaa9dc8dd550187953c349e10e454c0950cfeaf37c5f01ff09a5b581fb81de8bfe9be21a8baa5f96653fce6eaf485d8726e1f620454c145fa542756e7b606f1ab9439a081bb01fec8be7679c72e2ce110655a36a01bde34be7be9e6270334d9b3f242ff12852992eeb515b13989245d049500629a5ac38c40f09dd218e8e1a790d3034418b7c3b59a6ac73e91b5bf4cf7c62d8e6de2dbaf00117045c070636c69656e745f646174615f6a736f6e786a7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a2261475673624738222c226f726967696e223a2268747470733a2f2f6333656634366165616437622e6e67726f6b2e696f222c2263726f73734f726967696e223a66616c73657d7261757468656e74696361746f725f6461746158252f8ceaf48dec5b53d9ddacaaf8b66392ded1691211f24e687badad8049b59ef60500000001',
    ],
  ] as const;

  it.each(vectors)('are taken: %s', (_algorithm, der, signature) => {
    const key = parsePublicKey(fromHex(der), new CertificateVerifier(() => []));
    expect(key.verifies(utf8('hello'), fromHex(signature))).toBe(true);
    expect(() => key.verifies(utf8('hallo'), fromHex(signature))).toThrow(/not the message/);
  });
});

describe('sender_info', () => {
  const INFO = utf8('role=admin');
  const withInfo = async (
    network: TestNetwork,
    change: (told: Fields) => Fields = (told) => told,
    by: SignIdentity = canisterOf()(network),
    type = 'call',
  ) => {
    const sign = canisterOf()(network);
    const sig = new Uint8Array(await sign.sign(concatBytes(utf8('\x0eic-sender-info'), INFO)));
    const told = change({ info: INFO, signer: SIGNING_CANISTER, sig });
    const plain = contentOf(by, type);
    const content = { ...plain, sender_info: told } as unknown as Fields;
    const message = concatBytes(utf8('\x0aic-request'), hashOfFields(hashable(content)));
    return encodeCbor({
      content,
      sender_pubkey: new Uint8Array(by.getPublicKey().toDer()),
      sender_sig: new Uint8Array(await by.sign(message)),
    });
  };
  // The hash of a map in a map.
  const hashable = (content: Fields): Fields => {
    const told = Object(content)['sender_info'] as Fields;
    return {
      ...content,
      sender_info: new Map(Object.entries(told).filter(([, v]) => v !== undefined)) as never,
    };
  };

  it.each(['call', 'query'])('that the canister of the key signed comes with the %s', async (type) => {
    const network = setupNetwork();
    const answer = await post(network.app, `v3/${type}`, await withInfo(network, undefined, undefined, type));
    expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
    if (type === 'call') {
      expect(network.subnet.ran[0]?.callerInfo).toEqual({ info: INFO, signer: SIGNING_CANISTER });
    }
  });

  it.each<readonly [string, (told: Fields) => Fields, RegExp]>([
    [
      'of another signer',
      (told) => ({ ...told, signer: fromHex('00000000001000080101') }),
      /names the signer/,
    ],
    ['that was changed', (told) => ({ ...told, info: utf8('x') }), /Invalid signature of a canister/],
    ['without a signature', (told) => ({ ...told, sig: undefined }), /"sig" is missing/],
    ['without content', (told) => ({ ...told, info: undefined }), /"info" is missing/],
    [
      'with a signer that is no principal',
      (told) => ({ ...told, signer: new Uint8Array(30) }),
      /longer than a principal/,
    ],
  ])('is refused: %s', async (_what, change, reason) => {
    const network = setupNetwork();
    const answer = await post(network.app, 'v3/call', await withInfo(network, change));
    expect(answer.text).toMatch(reason);
    expect(answer.status).toBe(400);
  });

  it('is refused with a key of another scheme', async () => {
    const network = setupNetwork();
    const answer = await post(network.app, 'v3/call', await withInfo(network, undefined, session));
    expect(answer.text).toMatch(/needs a "sender_pubkey" of a canister/);
  });

  it('is refused of the anonymous sender', async () => {
    const network = setupNetwork();
    const told = { info: INFO, signer: SIGNING_CANISTER, sig: new Uint8Array() };
    const content = { ...contentOf(session, 'call'), sender: Uint8Array.of(4), sender_info: told };
    const answer = await post(network.app, 'v3/call', encodeCbor({ content }));
    expect(answer.text).toMatch(/not about the anonymous one/);
  });
});
