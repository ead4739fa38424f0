import { Ed25519KeyIdentity } from '@dfinity/identity';
import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../../../../src/replica/codec/cbor.ts';
import { post } from '../post.ts';
import { canisterId, otherId, owner, setupNetwork, stranger } from '../setup-network.ts';
import { contentOf, type Fields, inSeconds, link, type PlainEnvelope, signed } from '../sign-request.ts';

const session = (seed: number) => Ed25519KeyIdentity.generate(new Uint8Array(32).fill(seed));
const [first, second] = [session(50), session(51)];

interface Chain {
  readonly links: readonly PlainEnvelope[];
  readonly signer: Ed25519KeyIdentity;
}

const one = async (changes: Fields = {}): Promise<Chain> => ({
  links: [await link(owner, first, changes)],
  signer: first,
});
const two = async (firstChanges: Fields, secondChanges: Fields): Promise<Chain> => ({
  links: [await link(owner, first, firstChanges), await link(first, second, secondChanges)],
  signer: second,
});
async function chainOf(length: number): Promise<Chain> {
  const holders = [owner, ...Array.from({ length }, (_, i) => session(60 + i))];
  const links = await Promise.all(holders.slice(1).map((to, i) => link(holders[i] ?? owner, to)));
  return { links, signer: holders.at(-1) ?? owner };
}

const here = canisterId.toUint8Array();
const elsewhere = otherId.toUint8Array();

async function request(type: string, chain: Chain) {
  const { app } = setupNetwork();
  const body = encodeCbor(await signed(owner, contentOf(owner, type), chain));
  return post(app, type === 'call' ? 'v2/call' : `v2/${type}`, body);
}

describe('a chain of delegations', () => {
  it.each<readonly [string, string, () => Promise<Chain>]>([
    ['of one link', 'call', () => one()],
    ['of two links', 'call', () => two({}, {})],
    ['of twenty links', 'call', () => chainOf(20)],
    ['for this canister', 'call', () => two({ targets: [elsewhere, here] }, { targets: [here] })],
    ['for everything', 'call', () => one({ permissions: 'all' })],
    ['for queries, in a query', 'query', () => one({ permissions: 'queries' })],
    ['for queries, in a read_state', 'read_state', () => one({ permissions: 'queries' })],
    ['for another canister, in a read_state', 'read_state', () => one({ targets: [elsewhere] })],
  ])('is followed: %s', async (_what, type, chain) => {
    const answer = await request(type, await chain());
    expect(answer.status).toBe(type === 'call' ? 202 : 200);
  });

  it.each<readonly [string, string, () => Promise<Chain>, RegExp]>([
    ['expired', 'call', () => one({ expiration: inSeconds(-1) }), /expired/],
    ['expired in its second link', 'call', () => two({}, { expiration: 1n }), /expired/],
    ['for another canister', 'call', () => one({ targets: [elsewhere] }), /among its targets/],
    ['for no canister', 'call', () => one({ targets: [] }), /among its targets/],
    [
      'for another canister in one link',
      'call',
      () => two({ targets: [here] }, { targets: [elsewhere] }),
      /among its targets/,
    ],
    [
      'with 1001 targets',
      'call',
      () => one({ targets: Array.from({ length: 1001 }, () => here) }),
      /more than 1000 targets/,
    ],
    ['for queries, in a call', 'call', () => one({ permissions: 'queries' }), /for queries/],
    [
      'for queries, widened by a later link',
      'call',
      () => two({ permissions: 'queries' }, { permissions: 'all' }),
      /for queries/,
    ],
    ['with unknown permissions', 'query', () => one({ permissions: 'none' }), /unknown permissions/],
    ['of 21 links', 'call', () => chainOf(21), /more than 20 delegations/],
    [
      'that comes back to its first key',
      'call',
      async () => ({ links: [await link(owner, first), await link(first, owner)], signer: owner }),
      /circle/,
    ],
    [
      'that delegates to itself',
      'call',
      async () => ({ links: [await link(owner, owner)], signer: owner }),
      /circle/,
    ],
    [
      'signed by someone else',
      'call',
      async () => ({ links: [await link(stranger, first)], signer: first }),
      /Invalid signature of a delegation/,
    ],
    [
      'with a link left out',
      'call',
      async () => ({ links: [await link(first, second)], signer: second }),
      /Invalid signature of a delegation/,
    ],
    [
      'whose last key did not sign',
      'call',
      async () => ({ links: [await link(owner, first)], signer: second }),
      /Invalid signature$/,
    ],
    ['without an expiration', 'call', () => one({ expiration: undefined }), /"expiration" is missing/],
    [
      'to a key of an unknown kind',
      'call',
      () => one({ pubkey: new Uint8Array(44) }),
      /Unsupported public key/,
    ],
  ])('is refused: %s', async (_what, type, chain, text) => {
    const answer = await request(type, await chain());
    expect(answer.text).toMatch(text);
    expect(answer.status).toBe(400);
  });
});
