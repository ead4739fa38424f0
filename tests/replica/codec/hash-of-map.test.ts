import { hashOfMap as agentHashOfMap } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { type Hashable, hashOfMap } from '../../../src/replica/codec/hash-of-map.ts';

describe('hashOfMap', () => {
  it("gives the specification's request id", () => {
    const content = new Map<string, Hashable>([
      ['request_type', 'call'],
      ['sender', fromHex('04')],
      ['ingress_expiry', 1_685_570_400_000_000_000n],
      ['canister_id', fromHex('00000000000004d2')],
      ['method_name', 'hello'],
      ['arg', Uint8Array.of(...utf8('DIDL'), 0, 0xfd, 0x2a)],
    ]);
    expect(toHex(hashOfMap(content))).toBe(
      '1d1091364d6bb8a6c16b203ee75467d59ead468f523eb058880ae8ec80e2b101',
    );
  });

  it('agrees with an independent implementation on any map', () => {
    const { value } = fc.letrec<{ value: Hashable }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.bigInt({ min: 0n, max: 2n ** 70n }),
        fc.string(),
        fc.uint8Array({ maxLength: 40 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
      ),
    }));
    const plain = (hashable: Hashable): unknown => {
      if (hashable instanceof Map) return Object.fromEntries([...hashable].map(([k, v]) => [k, plain(v)]));
      return Array.isArray(hashable) ? hashable.map(plain) : hashable;
    };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), value), { maxLength: 5 }),
        (entries) => {
          const map = new Map(entries);
          const theirs = agentHashOfMap(Object.fromEntries([...map].map(([k, v]) => [k, plain(v)])));
          expect(toHex(hashOfMap(map))).toBe(toHex(theirs));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('hashes a principal as its bytes', () => {
    const id = Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai');
    expect(toHex(hashOfMap(new Map([['id', id.toUint8Array()]])))).toBe(toHex(agentHashOfMap({ id })));
  });
});
