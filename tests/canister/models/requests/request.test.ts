import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter, encodeUtf8 } from '../../../../src/canister/codec/index.ts';
import { encodeId } from '../../../../src/canister/models/record-id.ts';
import {
  type AnsweredRequest,
  decodeRequest,
  encodeRequest,
} from '../../../../src/canister/models/requests/request.ts';

const EXPIRES_AT = 1_800_000_000_000_000_000n;

/** As an earlier version wrote it. */
function first(reply: Uint8Array): Uint8Array {
  return new ByteWriter().u8(1).u32(0xdead_beef).u64(EXPIRES_AT).raw(reply).finish();
}

/** A reply: some type table, and `Ok` with a text. */
function idReply(kind: 'session' | 'interaction' | 'activity', sequence: number): Uint8Array {
  return new ByteWriter().raw(encodeUtf8('DIDL…')).u8(0).text(encodeId(kind, sequence)).finish();
}

describe('a request that was answered', () => {
  it('is read as it was written', () => {
    const request: fc.Arbitrary<AnsweredRequest> = fc.record({
      made: fc.constantFrom('session', 'interaction', 'activity', 'credentials'),
      user: fc.nat({ max: 2 ** 32 - 1 }),
      sequence: fc.nat({ max: 2 ** 32 - 1 }),
      kept: fc.uint8Array({ maxLength: 300 }),
      expiresAt: fc.bigInt(0n, 2n ** 64n - 1n),
      reply: fc.uint8Array({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(request, (value) => {
        const read = decodeRequest(encodeRequest(value));
        expect({ ...read, kept: read.kept?.slice(), reply: read.reply.slice() }).toEqual(value);
      }),
    );
  });

  for (const made of ['session', 'interaction', 'activity'] as const) {
    it(`by an earlier version names its ${made} by its reply, and no hash counts`, () => {
      const reply = idReply(made, 0xabc);
      const read = decodeRequest(first(reply));
      expect(read).toMatchObject({ made, sequence: 0xabc, user: 0, kept: undefined, expiresAt: EXPIRES_AT });
      expect(read.reply).toEqual(reply);
    });
  }

  it('by an earlier version with a reply without an id is one of credentials', () => {
    const read = decodeRequest(first(Uint8Array.of(1, 2, 3)));
    expect(read).toMatchObject({ made: 'credentials', sequence: 0, kept: undefined });
  });
});
