import { Certificate, IC_ROOT_KEY, LookupPathStatus, TrustError } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { beforeAll, describe, expect, it } from 'vitest';
import { createNetworkKeys, type NetworkKeys } from '../../../src/replica/certification/network-keys.ts';
import { StateTree } from '../../../src/replica/certification/state-tree.ts';
import { fromHex, toHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { type CborMap, type CborValue, decodeCbor } from '../../../src/replica/codec/cbor.ts';
import { decodeHashTree, lookupPath } from './lookup.ts';

const canisterId = fromHex('00000000001000010101');
const requestId = new Uint8Array(32).fill(7);
const seeds = { root: new Uint8Array(32).fill(1), node: new Uint8Array(32).fill(2) };

let keys: NetworkKeys;
beforeAll(() => {
  keys = createNetworkKeys(seeds);
});

function setup(): StateTree {
  const tree = new StateTree({
    keys,
    type: 'application',
    canisterRanges: [[fromHex('00000000001000000101'), fromHex('00000000001fffff0101')]],
  });
  tree.setTime(BigInt(Date.now()) * 1_000_000n);
  return tree;
}

const asMap = (value: CborValue): CborMap => {
  if (!(value instanceof Map)) throw new TypeError('not a map');
  return value;
};

const verified = (certificate: Uint8Array, rootKey = keys.root.publicKeyDer) =>
  Certificate.create({ certificate, rootKey, canisterId: Principal.fromUint8Array(canisterId) });

describe('createNetworkKeys', () => {
  it('gives the same keys and ids for the same seeds', () => {
    const again = createNetworkKeys(seeds);
    expect(toHex(again.root.publicKeyDer)).toBe(toHex(keys.root.publicKeyDer));
    expect(toHex(again.nodeId)).toBe(toHex(keys.nodeId));
    expect(again.root.publicKeyDer).toHaveLength(133);
    expect(again.node.publicKeyDer).toHaveLength(44);
    expect(again.subnetId).toHaveLength(29);
  });

  it('refuses seeds that are too short to be secret', () => {
    expect(() => createNetworkKeys({ ...seeds, root: new Uint8Array(31) })).toThrow(RangeError);
    expect(() => createNetworkKeys({ ...seeds, node: new Uint8Array(31) })).toThrow(RangeError);
  });
});

describe('StateTree', () => {
  it('certifies a request status that a client verifies', async () => {
    const tree = setup();
    tree.setRequestStatus(requestId, { kind: 'replied', reply: utf8('DIDL') });
    const certificate = await verified(tree.certificate([[utf8('request_status'), requestId]]));
    const at = (name: string) => certificate.lookup_path(['request_status', requestId, name]);
    expect(at('status')).toMatchObject({ status: LookupPathStatus.Found, value: utf8('replied') });
    expect(at('reply')).toMatchObject({ status: LookupPathStatus.Found, value: utf8('DIDL') });
    expect(at('reject_code').status).toBe(LookupPathStatus.Absent);
    expect(certificate.lookup_path(['time']).status).toBe(LookupPathStatus.Found);
  });

  it('certifies a reject with its code, message and error code', async () => {
    const tree = setup();
    const reject = { code: 5, message: 'trapped', errorCode: 'IC0503' } as const;
    tree.setRequestStatus(requestId, { kind: 'rejected', reject });
    const certificate = await verified(tree.certificate([[utf8('request_status'), requestId]]));
    for (const [name, value] of [
      ['reject_code', Uint8Array.of(5)],
      ['reject_message', utf8('trapped')],
      ['error_code', utf8('IC0503')],
    ] as const) {
      expect(certificate.lookup_path(['request_status', requestId, name])).toMatchObject({ value });
    }
  });

  it('certifies canisters until they are removed, without their certified data unless asked', async () => {
    const tree = setup();
    tree.setCanister(canisterId, {
      controllers: [fromHex('04')],
      moduleHash: new Uint8Array(32).fill(3),
      metadata: new Map([['candid:service', utf8('service : {}')]]),
      createdAt: 128n,
      certifiedData: utf8('tip'),
    });
    const hash = [utf8('canister'), canisterId, utf8('module_hash')];
    const present = await verified(tree.certificate([hash]));
    expect(present.lookup_path(hash).status).toBe(LookupPathStatus.Found);
    const shown = decodeHashTree(asMap(decodeCbor(tree.certificate([hash]))).get('tree'));
    expect(lookupPath([utf8('canister'), canisterId, utf8('certified_data')], shown)).toBe('unknown');
    const time = (name: string) => [utf8('canister'), canisterId, utf8(name)];
    const times = [time('canister_creation_timestamp'), time('last_install_timestamp')];
    const timed = await verified(tree.certificate(times));
    expect(timed.lookup_path(time('canister_creation_timestamp'))).toMatchObject({
      value: Uint8Array.of(0x80, 1),
    });
    // @dfinity/agent orders labels of different lengths wrongly here.
    const timedTree = decodeHashTree(asMap(decodeCbor(tree.certificate(times))).get('tree'));
    expect(lookupPath(time('last_install_timestamp'), timedTree)).toBe('absent');
    tree.removeCanister(canisterId);
    const absent = await verified(tree.certificate([hash]));
    expect(absent.lookup_path(hash).status).toBe(LookupPathStatus.Absent);
  });

  it('tells of the subnet: its key, type, ranges, metrics and node', async () => {
    const tree = setup();
    tree.setMetrics({
      numCanisters: 2n,
      canisterStateBytes: 3n,
      consumedCyclesTotal: 2n ** 64n + 5n,
      updateTransactionsTotal: 7n,
    });
    const certificate = await verified(tree.certificate([[utf8('subnet')], [utf8('canister_ranges')]]));
    const { subnetId, nodeId } = keys;
    for (const path of [
      ['subnet', subnetId, 'public_key'],
      ['subnet', subnetId, 'type'],
      ['subnet', subnetId, 'canister_ranges'],
      ['subnet', subnetId, 'metrics'],
      ['subnet', subnetId, 'node', nodeId, 'public_key'],
      ['canister_ranges', subnetId, fromHex('00000000001000000101')],
    ]) {
      expect(certificate.lookup_path(path).status).toBe(LookupPathStatus.Found);
    }
  });

  it('signs again only after a change', () => {
    const tree = setup();
    const first = toHex(tree.certificate([]));
    expect(toHex(tree.certificate([]))).toBe(first);
    tree.setRequestStatus(requestId, { kind: 'received' });
    expect(toHex(tree.certificate([]))).not.toBe(first);
    tree.removeRequestStatus(requestId);
    expect(toHex(tree.certificate([]))).toBe(first);
  });

  it('makes certificates that fail under another key or with one bit changed', async () => {
    const tree = setup();
    tree.setRequestStatus(requestId, { kind: 'replied', reply: utf8('the reply') });
    const certificate = tree.certificate([[utf8('request_status'), requestId]]);
    await expect(verified(certificate, fromHex(IC_ROOT_KEY))).rejects.toBeInstanceOf(TrustError);
    const tampered = Uint8Array.from(certificate);
    const reply = toHex(certificate).indexOf(toHex(utf8('the reply'))) / 2;
    tampered[reply] = (tampered[reply] ?? 0) ^ 1;
    await expect(verified(tampered)).rejects.toBeInstanceOf(TrustError);
  });
});
