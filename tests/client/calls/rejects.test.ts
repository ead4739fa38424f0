import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CertifiedRejectErrorCode,
  RejectError,
  type ReplicaRejectCode,
  UncertifiedRejectUpdateErrorCode,
} from '@dfinity/agent';
import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../../../src/client/calls/agent-errors.ts';
import { CallRejectedError } from '../../../src/client/errors.ts';

/** The words of rejects and what they are told as, by every client. */
const REJECTS = JSON.parse(readFileSync(join(import.meta.dirname, '../rejects.json'), 'utf8')) as readonly {
  readonly code: ReplicaRejectCode;
  readonly message: string;
  readonly kind: string;
  readonly fields?: Readonly<Record<string, string>>;
}[];

const REQUEST = new Uint8Array([1]) as never;

describe('a reject of the canister', () => {
  it.each(REJECTS)('$message is $kind', ({ code, message, kind, fields = {} }) => {
    for (const [error, certified] of [
      [new CertifiedRejectErrorCode(REQUEST, code, message, 'IC0503'), true],
      [new UncertifiedRejectUpdateErrorCode(REQUEST, code, message, 'IC0503'), false],
    ] as const) {
      const told = rejectionOf(RejectError.fromCode(error));
      expect(told).toMatchObject({ kind, certified });
      if (told instanceof CallRejectedError) expect(told.message).toBe(message);
      for (const [field, value] of Object.entries(fields)) {
        expect(String((told as unknown as Record<string, unknown>)[field])).toBe(value);
      }
    }
  });
});
