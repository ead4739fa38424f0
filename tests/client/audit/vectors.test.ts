import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type AuditExpectations,
  AuditLogError,
  checkWitness,
  decodeAuditLog,
  decodeAuditTip,
  encodeAuditLog,
  isAuditTip,
  verifyAuditLog,
  verifyAuditLogLines,
  verifyAuditTip,
} from '../../../src/client/index.ts';
import { type Expected, type LogVector, makeVectors, type Vectors } from './make-vectors.ts';

const PATH = join(import.meta.dirname, 'vectors.json');
const made = JSON.stringify(makeVectors());
if (process.env['WRITE_VECTORS'] !== undefined) writeFileSync(PATH, made);
const vectors = JSON.parse(existsSync(PATH) ? readFileSync(PATH, 'utf8') : made) as Vectors;

const fileOf = (name: string): string => vectors.files[name] ?? '';
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

function expectationsOf(expected: Expected): AuditExpectations {
  return {
    canisterId: expected.canister_id ?? vectors.canister_id,
    rootKey: bytes(expected.root_key ?? vectors.root_key),
    now: BigInt(expected.now ?? vectors.now),
    maxAge: expected.max_age === undefined ? undefined : BigInt(expected.max_age),
  };
}

function earlierOf(expected: Expected) {
  const text = expected.extends === undefined ? undefined : fileOf(expected.extends);
  if (text === undefined) return undefined;
  return isAuditTip(text) ? decodeAuditTip(text) : decodeAuditLog(text);
}

async function outcomeOf(check: () => Promise<object>): Promise<object> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof AuditLogError)) throw error;
    // One line, for people.
    expect(error.message).toMatch(/^[^\n]{1,400}$/);
    const { reason, index } = error;
    return { verdict: 'refused', reason, ...(index === undefined ? {} : { index: String(index) }) };
  }
}

/** What a vector says has to come of it, without what it is given. */
function outcomeIn({ name: _name, file: _file, expected: _expected, ...outcome }: LogVector): object {
  return outcome;
}

describe('the vectors for verifiers in every language', () => {
  it('are what is made today; WRITE_VECTORS=1 writes them, "npm run format" brings them in form', () => {
    expect(JSON.stringify(vectors) === made).toBe(true);
  });

  it.each(vectors.logs.map((vector) => [vector.name, vector] as const))('log: %s', async (_name, vector) => {
    const { expected } = vector;
    const text = fileOf(vector.file);
    const wanted = async () => ({
      ...expectationsOf(expected),
      complete: expected.complete,
      extends: earlierOf(expected),
    });
    const reported = ({ doubts, ...report }: Awaited<ReturnType<typeof verifyAuditLog>>) => ({
      verdict: doubts.length === 0 ? 'proven' : 'partly_proven',
      doubts,
      counts: [report.shown, report.withheld, report.erased, report.erasedUnproven, report.erasedUnmarked],
    });
    const whole = await outcomeOf(async () =>
      reported(await verifyAuditLog(decodeAuditLog(text), await wanted())),
    );
    expect(whole).toEqual(outcomeIn(vector));
    const lines = text.replace(/\n$/, '').split('\n');
    const inLines = await outcomeOf(async () =>
      reported((await verifyAuditLogLines(lines, await wanted())).report),
    );
    expect(inLines).toEqual(outcomeIn(vector));
  });

  it.each(vectors.tips.map((vector) => [vector.name, vector] as const))('tip: %s', async (_name, vector) => {
    const outcome = await outcomeOf(async () => {
      await verifyAuditTip(decodeAuditTip(fileOf(vector.file)), expectationsOf(vector.expected));
      return { verdict: 'proven' };
    });
    expect(outcome).toEqual(outcomeIn(vector));
  });

  it.each(vectors.witnesses.map((vector) => [vector.name, vector] as const))(
    'witness: %s',
    async (_name, { log, tips, name: _, ...outcome }) => {
      const { report, history } = await verifyAuditLogLines(
        fileOf(log).trimEnd().split('\n'),
        expectationsOf({}),
      );
      const kept = tips.map((tip, i) => ({ tip: decodeAuditTip(fileOf(tip)), place: i + 1 }));
      const { agreeing, newer, others, findings } = await checkWitness(kept, {
        ...expectationsOf({}),
        log: { report, history },
      });
      const found = findings.map(({ reason, place }) => [reason, place]);
      expect({ agreeing, newer, others, findings: found }).toEqual(outcome);
    },
  );

  it('have beside them a log that version 0.1.0 downloaded, which is still proved', async () => {
    const kept = JSON.parse(readFileSync(join(import.meta.dirname, 'downloaded-0.1.0.json'), 'utf8')) as {
      readonly canister_id: string;
      readonly root_key: string;
      readonly log: string;
    };
    const expected = { canisterId: kept.canister_id, rootKey: bytes(kept.root_key), complete: true };
    const report = await verifyAuditLog(decodeAuditLog(kept.log), { ...expected, maxAge: 2n ** 62n });
    expect(report).toMatchObject({ firstIndex: 1n, lastIndex: 7n, erased: 2, withheld: 0, doubts: [] });
  });

  it('are read and written without a change', () => {
    expect(encodeAuditLog(decodeAuditLog(fileOf('a whole log')))).toBe(fileOf('a whole log'));
  });
});
