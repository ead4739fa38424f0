import { Principal } from '@dfinity/principal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLatin1 } from '../../../../src/canister/codec/index.ts';
import { encodePrincipal, isTextOf } from '../../../../src/canister/policy/access/principals.ts';

const BYTES = fc.uint8Array({ minLength: 0, maxLength: 29 });

describe('the text of a principal', () => {
  it("is the library's", () => {
    fc.assert(
      fc.property(BYTES, (bytes) => {
        const text = encodePrincipal(bytes);
        expect(decodeLatin1(text)).toBe(Principal.fromUint8Array(bytes).toText());
        expect(isTextOf(text, bytes)).toBe(true);
      }),
    );
  });
});
