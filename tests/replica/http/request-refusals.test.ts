import { AnonymousIdentity } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { type Encodable, encodeCbor } from '../../../src/replica/codec/cbor.ts';
import { cborOf, post } from './post.ts';
import { canisterId, keys, otherId, owner, setupNetwork, stranger } from './setup-network.ts';
import { contentOf, type Fields, inSeconds, requestBody, signed } from './sign-request.ts';

const path = (...labels: (string | Uint8Array)[]) =>
  labels.map((label) => (typeof label === 'string' ? utf8(label) : label));
const call = (changes: Fields = {}) => requestBody(owner, 'call', changes);
const query = (changes: Fields = {}) => requestBody(owner, 'query', changes);
const read = (...paths: Uint8Array[][]) => requestBody(stranger, 'read_state', { paths });
const canister = canisterId.toUint8Array();
const subnetUrl = (version: string, request: string) =>
  `/api/${version}/subnet/${Principal.fromUint8Array(keys.subnetId).toText()}/${request}`;

type Case = readonly [
  what: string,
  where: string,
  body: () => Promise<Uint8Array> | Uint8Array,
  status: number,
  text: RegExp,
];

const management = { canister_id: new Uint8Array() };
const mentioning = (field: string, id = otherId) =>
  new Uint8Array(IDL.encode([IDL.Record({ [field]: IDL.Principal })], [{ [field]: id }]));
const without = async (field: string) => {
  const { [field]: _gone, ...rest } = await signed(owner, contentOf(owner, 'call'));
  return encodeCbor(rest);
};
const anonymousWith = async (field: string, value: Encodable) =>
  encodeCbor({ content: contentOf(owner, 'call', { sender: fromHex('04') }), [field]: value });
const changed = async (
  change: (envelope: Awaited<ReturnType<typeof signed>>) => Record<string, Encodable>,
) => {
  const envelope = await signed(owner, contentOf(owner, 'call'));
  return encodeCbor({ ...envelope, ...change(envelope) });
};

const malformed: readonly Case[] = [
  ['an empty body', 'v3/call', () => new Uint8Array(), 400, /not a CBOR envelope/],
  ['bytes that are no CBOR', 'v3/call', () => fromHex('ff00'), 400, /not a CBOR envelope/],
  ['CBOR that ends early', 'v3/call', async () => (await call()).slice(0, -1), 400, /ends early/],
  [
    'CBOR with bytes after it',
    'v3/call',
    async () => Uint8Array.of(...(await call()), 0),
    400,
    /bytes follow/,
  ],
  ['CBOR that nests without end', 'v3/call', () => new Uint8Array(9999).fill(0x81), 400, /nests deeper/],
  ['an array', 'v3/call', () => encodeCbor([1]), 400, /"envelope" is not a map/],
  ['no content', 'v3/call', () => encodeCbor({}), 400, /"content" is missing/],
  ['a content that is text', 'v3/call', () => encodeCbor({ content: 'x' }), 400, /"content" is not a map/],
  ...['request_type', 'sender', 'ingress_expiry', 'canister_id', 'method_name', 'arg'].map(
    (field): Case => [
      `no ${field}`,
      'v3/call',
      () => call({ [field]: undefined }),
      400,
      new RegExp(`"${field}" is missing`),
    ],
  ),
  [
    'no paths',
    'v2/read_state',
    () => requestBody(owner, 'read_state', { paths: undefined }),
    400,
    /"paths" is missing/,
  ],
  ['an arg that is text', 'v3/call', () => call({ arg: 'x' }), 400, /"arg" is not a byte string/],
  ['an expiry that is text', 'v3/call', () => call({ ingress_expiry: 'x' }), 400, /not a 64-bit natural/],
  [
    'an expiry beyond 64 bits',
    'v3/call',
    () => call({ ingress_expiry: 2n ** 64n }),
    400,
    /not a 64-bit natural/,
  ],
  [
    'a sender that is no principal',
    'v3/call',
    () => call({ sender: new Uint8Array(30) }),
    400,
    /longer than a principal/,
  ],
  ['a nonce of 33 bytes', 'v3/call', () => call({ nonce: new Uint8Array(33) }), 400, /nonce is longer/],
  ['sender_info', 'v3/call', () => call({ sender_info: 'x' }), 400, /"sender_info"/],
  ['a query to the call endpoint', 'v3/call', () => query(), 400, /type "call", not "query"/],
  ['a call to the query endpoint', 'v2/query', () => call(), 400, /type "query", not "call"/],
  ['a call to the read_state endpoint', 'v2/read_state', () => call(), 400, /type "read_state", not "call"/],
  ['an unknown request type', 'v2/call', () => call({ request_type: 'x' }), 400, /not "x"/],
  ['a body over 4 MiB', 'v3/call', () => new Uint8Array(4 * 1024 * 1024 + 1), 413, /too large/],
  ['an id that is no principal', '/api/v3/canister/x-y/call', () => call(), 400, /not a principal/],
  ['an endpoint that does not exist', 'v9/call', () => call(), 404, /There is no/],
];

const unauthenticated: readonly Case[] = [
  [
    'a past expiry',
    'v3/call',
    () => call({ ingress_expiry: inSeconds(-1) }),
    400,
    /^Invalid request expiry: /,
  ],
  [
    'an expiry too far ahead',
    'v3/call',
    () => call({ ingress_expiry: inSeconds(600) }),
    400,
    /^Invalid request expiry: /,
  ],
  [
    'a past expiry of a query',
    'v2/query',
    () => query({ ingress_expiry: inSeconds(-1) }),
    400,
    /request expiry/,
  ],
  ['an endless expiry', 'v2/query', () => query({ ingress_expiry: 2n ** 64n - 1n }), 400, /request expiry/],
  [
    'an expired anonymous call',
    'v3/call',
    () => encodeCbor({ content: contentOf(owner, 'call', { sender: fromHex('04'), ingress_expiry: 1n }) }),
    400,
    /request expiry/,
  ],
  ['no signature', 'v3/call', () => without('sender_sig'), 400, /are missing/],
  ['no key', 'v3/call', () => without('sender_pubkey'), 400, /are missing/],
  [
    'an anonymous sender with a key',
    'v3/call',
    () => anonymousWith('sender_pubkey', new Uint8Array(44)),
    400,
    /anonymous/,
  ],
  [
    'an anonymous sender with a signature',
    'v3/call',
    () => anonymousWith('sender_sig', new Uint8Array(64)),
    400,
    /anonymous/,
  ],
  [
    'an anonymous sender with delegations',
    'v3/call',
    () => anonymousWith('sender_delegation', []),
    400,
    /anonymous/,
  ],
  [
    'a signature with one bit changed',
    'v3/call',
    () =>
      changed(({ sender_sig }) => {
        const bent = Uint8Array.from(sender_sig instanceof Uint8Array ? sender_sig : []);
        bent[10] = (bent[10] ?? 0) ^ 1;
        return { sender_sig: bent };
      }),
    400,
    /Invalid signature/,
  ],
  [
    'a signature that is too short',
    'v3/call',
    () => changed(() => ({ sender_sig: new Uint8Array(63) })),
    400,
    /Invalid signature/,
  ],
  [
    'an argument changed after it was signed',
    'v3/call',
    () => changed(({ content }) => ({ content: { ...Object(content), arg: Uint8Array.of(2) } })),
    400,
    /Invalid signature/,
  ],
  [
    "a stranger's request in the owner's name",
    'v3/call',
    async () => encodeCbor(await signed(stranger, contentOf(owner, 'call'))),
    400,
    /not the principal of "sender_pubkey"/,
  ],
  [
    "a stranger's signature under the owner's key",
    'v3/call',
    async () => {
      const { sender_sig } = await signed(stranger, contentOf(owner, 'call'));
      return changed(() => ({ sender_sig: sender_sig ?? '' }));
    },
    400,
    /Invalid signature/,
  ],
];

const misdirected: readonly Case[] = [
  [
    'a call for another canister',
    'v3/call',
    () => call({ canister_id: otherId.toUint8Array() }),
    400,
    /the request is for/,
  ],
  [
    'a query for another canister',
    'v3/query',
    () => query({ canister_id: otherId.toUint8Array() }),
    400,
    /the request is for/,
  ],
  [
    'a management call about another canister',
    'v3/call',
    () => call({ ...management, method_name: 'install_code', arg: mentioning('canister_id') }),
    400,
    /the request is for/,
  ],
  [
    'a chunked installation in another canister',
    'v3/call',
    () => call({ ...management, method_name: 'install_chunked_code', arg: mentioning('target_canister') }),
    400,
    /the request is for/,
  ],
  [
    'a management call about no canister',
    'v3/call',
    () => call({ ...management, method_name: 'raw_rand', arg: new Uint8Array(IDL.encode([], [])) }),
    400,
    /raw_rand/,
  ],
  [
    'a management call with an argument that is no Candid',
    'v3/call',
    () => call({ ...management, method_name: 'start_canister', arg: utf8('x') }),
    400,
    /start_canister does not say which canister/,
  ],
  ['a call of a canister at a subnet', subnetUrl('v4', 'call'), () => call(), 400, /create canisters/],
  ['a query of a canister at a subnet', subnetUrl('v3', 'query'), () => query(), 400, /list_canisters/],
  [
    'a subnet that is not here',
    `/api/v3/subnet/${owner.getPrincipal().toText()}/read_state`,
    () => read(path('time')),
    400,
    /no subnet/,
  ],
];

const unreadable: readonly Case[] = [
  ['an unknown path', 'v2/read_state', () => read(path('secrets')), 400, /not a path that can be read/],
  ['the empty path', 'v2/read_state', () => read([]), 400, /empty path/],
  ['a label that is no text', 'v2/read_state', () => read([fromHex('ff')]), 400, /not UTF-8/],
  ['a path below the time', 'v2/read_state', () => read(path('time', 'x')), 400, /not a path/],
  ['all canisters', 'v2/read_state', () => read(path('canister')), 400, /not a path/],
  ['a whole canister', 'v2/read_state', () => read(path('canister', canister)), 400, /not a path/],
  [
    'certified data',
    'v2/read_state',
    () => read(path('canister', canister, 'certified_data')),
    400,
    /not a path/,
  ],
  ['all metadata', 'v2/read_state', () => read(path('canister', canister, 'metadata')), 400, /not a path/],
  [
    'private metadata',
    'v2/read_state',
    () => read(path('canister', canister, 'metadata', 'secret')),
    403,
    /controllers only/,
  ],
  [
    'another canister',
    'v2/read_state',
    () => read(path('canister', otherId.toUint8Array(), 'controllers')),
    403,
    /another canister/,
  ],
  [
    'a canister, at the subnet',
    subnetUrl('v3', 'read_state'),
    () => read(path('canister', canister, 'controllers')),
    403,
    /another canister/,
  ],
  ['all requests', 'v2/read_state', () => read(path('request_status')), 400, /not a path/],
  [
    'an unknown field of a request',
    'v2/read_state',
    () => read(path('request_status', new Uint8Array(32), 'x')),
    400,
    /not a path/,
  ],
  [
    'two requests',
    'v2/read_state',
    () =>
      read(path('request_status', new Uint8Array(32)), path('request_status', new Uint8Array(32).fill(1))),
    400,
    /one \/request_status only/,
  ],
  [
    'an unknown field of the subnet',
    'v2/read_state',
    () => read(path('subnet', keys.subnetId, 'x')),
    400,
    /not a path/,
  ],
  [
    'the metrics, at a canister',
    'v2/read_state',
    () => read(path('subnet', keys.subnetId, 'metrics')),
    403,
    /subnet's endpoint/,
  ],
  [
    'the ranges, at a canister',
    'v3/read_state',
    () => read(path('canister_ranges', keys.subnetId)),
    403,
    /subnet's endpoint/,
  ],
  [
    '1001 paths',
    'v2/read_state',
    () => read(...Array.from({ length: 1001 }, () => path('time'))),
    400,
    /more than 1000 paths/,
  ],
  [
    'a path of 128 labels',
    'v2/read_state',
    () => read(Array.from({ length: 128 }, () => utf8('x'))),
    400,
    /more than 127 labels/,
  ],
];

describe.each([
  ['malformed', malformed],
  ['unauthenticated', unauthenticated],
  ['misdirected', misdirected],
  ['unreadable', unreadable],
])('a request that is %s', (_kind, cases) => {
  it.each(cases)('is refused: %s', async (_what, where, body, status, text) => {
    const { app, subnet } = setupNetwork();
    const answer = await post(app, where, await body());
    expect(answer.text).toMatch(text);
    expect(answer.status).toBe(status);
    expect(subnet.ran).toEqual([]);
  });
});

describe('a request that is in order', () => {
  const accepted: readonly Case[] = [
    ['a call', 'v2/call', () => call(), 202, /^$/],
    ['a call with a nonce of 32 bytes', 'v3/call', () => call({ nonce: new Uint8Array(32) }), 200, /replied/],
    [
      'a call that expires in five minutes and a half',
      'v4/call',
      () => call({ ingress_expiry: inSeconds(330) }),
      200,
      /replied/,
    ],
    [
      'an anonymous call with null for key and signature',
      'v2/call',
      () => {
        const content = encodeCbor(contentOf(owner, 'call', { sender: fromHex('04') })).subarray(3);
        const field = (name: string) => [0x60 + name.length, ...utf8(name)];
        return Uint8Array.of(
          ...[0xa3, ...field('content'), ...content],
          ...[...field('sender_pubkey'), 0xf6, ...field('sender_sig'), 0xf6],
        );
      },
      202,
      /^$/,
    ],
    [
      'an anonymous query long after its expiry',
      'v3/query',
      () => encodeCbor({ content: contentOf(owner, 'query', { sender: fromHex('04'), ingress_expiry: 1n }) }),
      200,
      /replied/,
    ],
    [
      'a creation at any canister id',
      `/api/v3/canister/${otherId.toText()}/call`,
      () => call({ ...management, method_name: 'provisional_create_canister_with_cycles' }),
      200,
      /replied/,
    ],
    [
      'a creation at the subnet',
      subnetUrl('v4', 'call'),
      () => call({ ...management, method_name: 'create_canister' }),
      200,
      /replied/,
    ],
    [
      'a management call about the canister',
      'v3/call',
      () => call({ ...management, method_name: 'install_code', arg: mentioning('canister_id', canisterId) }),
      200,
      /replied/,
    ],
    [
      'a listing at the subnet',
      subnetUrl('v3', 'query'),
      () => query({ ...management, method_name: 'list_canisters' }),
      200,
      /replied/,
    ],
    [
      'the subnet, at a canister',
      'v2/read_state',
      () => read(path('subnet'), path('time')),
      200,
      /certificate/,
    ],
    [
      'metrics and ranges, at the subnet',
      subnetUrl('v3', 'read_state'),
      () => read(path('subnet', keys.subnetId, 'metrics'), path('canister_ranges', keys.subnetId)),
      200,
      /certificate/,
    ],
    [
      'the status of an unknown request',
      'v3/read_state',
      () => read(path('request_status', new Uint8Array(32))),
      200,
      /certificate/,
    ],
    [
      'public metadata',
      'v3/read_state',
      () => read(path('canister', canister, 'metadata', 'candid:service')),
      200,
      /certificate/,
    ],
    [
      'private metadata, by a controller',
      'v3/read_state',
      () => requestBody(owner, 'read_state', { paths: [path('canister', canister, 'metadata', 'secret')] }),
      200,
      /certificate/,
    ],
  ];

  it.each(accepted)('is taken: %s', async (_what, where, body, status, text) => {
    const answer = await post(setupNetwork().app, where, await body());
    expect(answer.text).toMatch(text);
    expect(answer.status).toBe(status);
  });

  it('tells of a failed pre-check in each version', async () => {
    const { app } = setupNetwork();
    const body = await call({ method_name: 'refuse' });
    const fields: readonly (readonly [string, unknown])[] = [
      ['reject_code', 4n],
      ['reject_message', 'inspect_message refused'],
      ['error_code', 'IC0406'],
    ];
    expect(cborOf(await post(app, 'v2/call', body))).toEqual(new Map(fields));
    for (const version of ['v3', 'v4']) {
      expect(cborOf(await post(app, `${version}/call`, body))).toEqual(
        new Map<string, unknown>([['status', 'non_replicated_rejection'], ...fields]),
      );
    }
  });
});

describe("a request's status", () => {
  it.each([
    ['its sender at the same canister', owner, 'v2/read_state', 200],
    ['another sender', stranger, 'v2/read_state', 403],
    ['its sender at another canister', owner, `/api/v2/canister/${otherId.toText()}/read_state`, 403],
    ['its sender at the subnet', owner, subnetUrl('v2', 'read_state'), 403],
  ] as const)('is asked for by %s', async (_who, reader, where, status) => {
    const { app, subnet } = setupNetwork();
    await post(app, 'v2/call', await call());
    const requestId = subnet.ran[0]?.requestId ?? new Uint8Array();
    const paths = [path('request_status', requestId)];
    expect((await post(app, where, await requestBody(reader, 'read_state', { paths }))).status).toBe(status);
  });

  it("is nobody else's, also for the anonymous", async () => {
    const { app, subnet } = setupNetwork();
    await post(app, 'v2/call', await call());
    const paths = [path('request_status', subnet.ran[0]?.requestId ?? new Uint8Array())];
    const anonymous = new AnonymousIdentity().getPrincipal().toUint8Array();
    const content = contentOf(owner, 'read_state', { paths, sender: anonymous });
    expect((await post(app, 'v2/read_state', encodeCbor({ content }))).status).toBe(403);
  });
});
