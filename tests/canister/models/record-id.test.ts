import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLatin1 } from '../../../src/canister/codec/index.ts';
import { decodeId, encodeId } from '../../../src/canister/models/record-id.ts';
import { arg } from '../support/service-world.ts';

const KIND = fc.constantFrom('session' as const, 'interaction' as const, 'activity' as const);

describe('record ids', () => {
  it('are the kind, the shard, and the sequence number in hexadecimal digits', () => {
    expect(decodeLatin1(encodeId('session', 0))).toBe('ses-0000000000000000');
    expect(decodeLatin1(encodeId('interaction', 0xa9))).toBe('int-00000000000000a9');
    expect(decodeLatin1(encodeId('activity', 0xffff_ffff))).toBe('act-00000000ffffffff');
  });

  it('decode to their sequence number', () => {
    fc.assert(
      fc.property(KIND, fc.nat({ max: 0xffff_ffff }), (kind, sequence) => {
        expect(decodeId(kind, arg(decodeLatin1(encodeId(kind, sequence))))).toBe(sequence);
      }),
    );
  });

  it.each([
    ['another kind', 'int-0000000000000001'],
    ['another shard', 'ses-0001000000000001'],
    ['a capital letter', 'ses-000000000000000A'],
    ['a letter that is no digit', 'ses-000000000000000g'],
    ['a number that the parser would end early', 'ses-00000000000001.0'],
    ['a sign', 'ses-0000-00000000001'],
    ['a space', 'ses-0000 00000000001'],
    ['a prefix of hexadecimal numbers', 'ses-00000x0000000001'],
    ['a number that no key has', 'ses-0000000100000000'],
    ['a shorter text', 'ses-000000000000001'],
    ['a longer text', 'ses-00000000000000001'],
    ['no text', ''],
  ])('are not %s', (_what, id) => {
    expect(decodeId('session', arg(id))).toBeUndefined();
  });
});
