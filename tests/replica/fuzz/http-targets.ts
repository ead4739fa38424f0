import { IDL } from '@dfinity/candid';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { encodeCbor } from '../../../src/replica/codec/cbor.ts';
import { HttpResponse } from '../../../src/replica/http/canister-gateway/interface.ts';
import { type Fields, signed } from '../http/sign-request.ts';
import { mutate } from '../support/mutate.ts';
import type { Random } from '../support/random.ts';
import { START } from '../support/setup-network.ts';
import { Finding, type FuzzTarget } from './finding.ts';
import { type FuzzedNetwork, type HttpAsk, signer } from './fuzzed-network.ts';
import { randomCbor } from './random-cbor.ts';

const NS_PER_SECOND = 1_000_000_000n;
const ENDPOINTS = [
  'v2/call',
  'v3/call',
  'v4/call',
  'v2/query',
  'v3/query',
  'v2/read_state',
  'v3/read_state',
] as const;

/** Asks, and finds fault with no answer, and with one that says that the network failed. */
async function answer(network: FuzzedNetwork, ask: HttpAsk, beside?: Uint8Array): Promise<string> {
  const input = () =>
    `${ask.method} ${ask.path} ${JSON.stringify(ask.headers)} ${hex(ask.body)} ${hex(beside)}`;
  let status: number;
  try {
    ({ status } = await network.ask(ask));
  } catch (error) {
    // What Node's own client will not send is no input.
    if (error instanceof TypeError) return 'unsendable';
    throw new Finding('a request is not answered', input(), error);
  }
  if (status === 500) throw new Finding('the network failed', input());
  return `${Math.floor(status / 100)}xx`;
}

function hex(body: Uint8Array | undefined): string {
  return Buffer.from(body?.subarray(0, 4096) ?? []).toString('hex');
}

function post(network: FuzzedNetwork, where: string, body: Uint8Array): HttpAsk {
  const [version = '', name = ''] = where.split('/');
  const path = `/api/${version}/canister/${network.path}/${name}`;
  return { method: 'POST', path, headers: { 'content-type': 'application/cbor' }, body };
}

/** A content as the endpoint wants it. */
function contentFor(network: FuzzedNetwork, where: string, changes: Fields = {}): Fields {
  const name = where.split('/')[1] ?? '';
  const target =
    name === 'read_state'
      ? { paths: [[utf8('time')], [utf8('canister'), network.canisterId, utf8('module_hash')]] }
      : { canister_id: network.canisterId, method_name: 'read', arg: utf8('DIDL\0\0') };
  return {
    request_type: name,
    sender: signer.getPrincipal().toUint8Array(),
    ingress_expiry: START + 240n * NS_PER_SECOND,
    nonce: new Uint8Array(16),
    ...target,
    ...changes,
  };
}

/**
 * Requests that were signed and then changed: what an envelope says is signed, so that none of them may do anything. What
 * leaves its meaning as it was is a request that is known already.
 */
export async function envelopes(network: FuzzedNetwork): Promise<FuzzTarget> {
  const originals: HttpAsk[] = [];
  for (const where of ENDPOINTS) {
    const ask = post(network, where, encodeCbor(await signed(signer, contentFor(network, where))));
    await answer(network, ask);
    originals.push(ask);
  }
  return {
    name: 'envelopes',
    run: async (random) => {
      const original = originals[random.below(originals.length)];
      if (original?.body === undefined) throw new Error('there is always an original');
      return answer(network, { ...original, body: mutate(original.body, random) });
    },
  };
}

/** Bodies that are CBOR, or nearly, at any endpoint. */
export function cborBodies(network: FuzzedNetwork): FuzzTarget {
  return {
    name: 'CBOR',
    run: async (random) => answer(network, post(network, random.pick(ENDPOINTS), randomCbor(random))),
  };
}

const LABELS = [
  'time',
  'subnet',
  'canister',
  'canister_ranges',
  'request_status',
  'api_boundary_nodes',
  'module_hash',
  'controllers',
  'metadata',
  'candid:service',
  'secret',
  'certified_data',
  'node',
  'public_key',
  'metrics',
  'status',
  'reply',
  '',
] as const;

/** Paths of the state tree that can be read, that cannot, and that mean nothing, asked for by somebody and by nobody. */
export function readStatePaths(network: FuzzedNetwork): FuzzTarget {
  const label = (random: Random): Uint8Array => {
    switch (random.below(8)) {
      case 0:
        return network.canisterId;
      case 1:
        return network.test.network.subnet.id;
      case 2:
        return random.bytes(random.below(40));
      default:
        return utf8(random.pick(LABELS));
    }
  };
  const path = (random: Random) => {
    const length = random.oneIn(50) ? 120 + random.below(16) : random.below(6);
    return Array.from({ length }, () => label(random));
  };
  return {
    name: 'read_state paths',
    run: async (random) => {
      const count = random.oneIn(100) ? 990 + random.below(20) : random.below(8);
      const paths = Array.from({ length: count }, () => path(random));
      const version = random.pick(['v2', 'v3']);
      const ask = post(network, `${version}/read_state`, new Uint8Array());
      const at = random.oneIn(4)
        ? ask.path.replace(/canister\/.*\/read/, `subnet/${network.path}/read`)
        : ask.path;
      if (random.oneIn(3)) {
        const envelope = await signed(signer, contentFor(network, `${version}/read_state`, { paths }));
        return answer(network, { ...ask, path: at, body: encodeCbor(envelope) });
      }
      const { nonce: _nonce, ...rest } = contentFor(network, `${version}/read_state`, { paths });
      const content = { ...rest, sender: Uint8Array.of(4) };
      return answer(network, { ...ask, path: at, body: encodeCbor({ content }) });
    },
  };
}

/** Queries of anybody to any method, with any argument. */
export function queries(network: FuzzedNetwork): FuzzTarget {
  const management = [
    'canister_status',
    'fetch_canister_logs',
    'canister_metrics',
    'list_canisters',
  ] as const;
  return {
    name: 'queries',
    run: async (random) => {
      const toManagement = random.oneIn(2);
      const content = {
        request_type: 'query',
        sender: Uint8Array.of(4),
        ingress_expiry: START + BigInt(random.below(400)) * NS_PER_SECOND,
        canister_id: toManagement ? new Uint8Array() : network.canisterId,
        method_name: toManagement ? random.pick(management) : random.pick(['read', 'all', 'write', '\ud7ff']),
        arg: mutate(Uint8Array.of(...utf8('DIDL'), 1, 0x6c, 0, 1, 0, ...network.canisterId), random),
      };
      return answer(network, post(network, random.pick(['v2/query', 'v3/query']), encodeCbor({ content })));
    },
  };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'] as const;
const PIECES = [
  '/',
  '//',
  '..',
  '?',
  '&',
  'canisterId=',
  '%',
  '%00',
  '%ff',
  'api',
  'v2',
  'status',
  '#',
  ':',
  '@',
  '[',
  '\\',
  '*',
] as const;

/** What browsers and those who play one ask of canisters, and what a hostile canister answers. */
export function gatewayRequests(network: FuzzedNetwork): FuzzTarget {
  const { subnet } = network.test.network;
  const original = subnet.query.bind(subnet);
  let hostile = new Uint8Array();
  subnet.query = async (message) =>
    message.methodName === 'http_request' ? { kind: 'replied', reply: hostile } : original(message);
  return {
    name: 'gateway requests',
    run: async (random) => {
      hostile = httpResponse(random);
      const pieces = Array.from({ length: random.below(8) }, () => random.pick([...PIECES, network.path]));
      const hosts = [
        `${network.path}.localhost`,
        'localhost',
        `${network.path}.raw.localhost:8`,
        '.localhost',
        '[',
      ] as const;
      const method = random.pick(METHODS);
      const headers: Record<string, string> = {
        host: random.pick(hosts),
        'content-type': random.pick(['application/cbor', 'text/plain; charset=', ';', '']),
        [random.pick(['x-a', 'range', 'if-none-match', 'expect', 'accept-encoding'])]: random.pick([
          '',
          ',',
          '0-',
          'x'.repeat(200),
        ]),
      };
      const body = random.bytes(random.below(50));
      return answer(network, { method, path: `/${pieces.join('')}`, headers, body }, hostile);
    },
  };
}

function httpResponse(random: Random): Uint8Array<ArrayBuffer> {
  const value = {
    status_code: random.pick([200, 404, 301, 100, 0, 99, 1000, 65_535, 204, 304]),
    headers: Array.from({ length: random.below(4) }, () => [
      random.pick([
        'content-type',
        'x y',
        '',
        'set-cookie',
        'content-length',
        'é',
        'transfer-encoding',
        'a\r\nb',
      ]),
      random.pick(['text/html', '', 'a\r\nb: c', '\0', 'é', 'x'.repeat(100)]),
    ]),
    body: random.bytes(random.below(60)),
    upgrade: [],
    streaming_strategy: [],
  };
  const encoded = new Uint8Array(IDL.encode([HttpResponse], [value]));
  return new Uint8Array(random.oneIn(3) ? mutate(encoded, random) : encoded);
}
