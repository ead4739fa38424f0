import { Ed25519KeyIdentity } from '@dfinity/identity';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CborError, type CborValue, decodeCbor, encodeCbor } from '../../../../src/replica/codec/cbor.ts';
import { asMap } from '../../../../src/replica/http/authentication/fields.ts';
import { Refusal } from '../../../../src/replica/http/refusal.ts';
import { post } from '../post.ts';
import { canisterId, owner, setupNetwork } from '../setup-network.ts';
import { contentOf, link, requestBody, signed } from '../sign-request.ts';

/** One change to some bytes. */
type Mutation = readonly [
  'flip' | 'set' | 'insert' | 'delete' | 'cut' | 'repeat',
  position: number,
  value: number,
];

const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.constantFrom('flip', 'set', 'insert', 'delete', 'cut', 'repeat'),
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.integer({ min: 0, max: 255 }),
);

function mutate(body: Uint8Array, [kind, position, value]: Mutation): Uint8Array {
  const at = Math.floor(position * body.length);
  const [before, here, after] = [body.subarray(0, at), body[at] ?? 0, body.subarray(at + 1)];
  switch (kind) {
    case 'flip':
      return Uint8Array.of(...before, here ^ (1 << (value & 7)), ...after);
    case 'set':
      return Uint8Array.of(...before, value, ...after);
    case 'insert':
      return Uint8Array.of(...before, value, here, ...after);
    case 'delete':
      return Uint8Array.of(...before, ...after);
    case 'cut':
      return before;
    case 'repeat':
      return Uint8Array.of(...before, here, ...body.subarray(Math.max(0, at - value), at), ...after);
  }
}

/** What of an envelope its signature speaks for. A mutation that leaves it as it was is harmless. */
function meaning(body: Uint8Array): readonly (CborValue | undefined)[] | undefined {
  try {
    const envelope = asMap(decodeCbor(body), 'envelope');
    return ['content', 'sender_pubkey', 'sender_sig', 'sender_delegation'].map(
      (name): CborValue | undefined => envelope.get(name),
    );
  } catch (error) {
    if (error instanceof CborError || error instanceof Refusal) return undefined;
    throw error;
  }
}

describe('a mutated envelope', () => {
  const originals: { where: string; body: Uint8Array }[] = [];

  beforeAll(async () => {
    const session = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(70));
    const links = [await link(owner, session, { targets: [canisterId.toUint8Array()], permissions: 'all' })];
    originals.push(
      { where: 'v2/call', body: await requestBody(owner, 'call', { nonce: new Uint8Array(16) }) },
      {
        where: 'v4/call',
        body: encodeCbor(await signed(owner, contentOf(owner, 'call'), { links, signer: session })),
      },
      { where: 'v2/query', body: await requestBody(owner, 'query') },
      { where: 'v3/read_state', body: await requestBody(owner, 'read_state') },
    );
  });

  it("is refused as the client's fault, unless it says the same", async () => {
    const { app, subnet } = setupNetwork();
    const seen = { refused: 0, harmless: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 3 }),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        async (which, mutations) => {
          const original = originals[which];
          if (original === undefined) return;
          const body = mutations.reduce(mutate, original.body);
          const { status } = await post(app, original.where, body);
          if (status < 300) {
            expect(meaning(body)).toEqual(meaning(original.body));
            seen.harmless += 1;
          } else {
            expect([400, 403]).toContain(status);
            seen.refused += 1;
          }
        },
      ),
      { numRuns: 4000, seed: 20_261_124 },
    );
    expect(seen.refused).toBeGreaterThan(3500);
    for (const { methodName } of subnet.ran) expect(methodName).toBe('echo');
    for (const { where, body } of originals) expect((await post(app, where, body)).status).toBeLessThan(300);
  }, 60_000);
});
