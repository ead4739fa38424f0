import { describe, expect, it } from 'vitest';
import {
  DEFAULT_LIMITS,
  type GatewayLimits,
  limitsWith,
} from '../../../src/gateway/limits/gateway-limits.ts';
import { KeyQuotas } from '../../../src/gateway/limits/key-quotas.ts';
import { ProblemError } from '../../../src/gateway/problems/problem.ts';

function setupQuotas(limits: Partial<GatewayLimits>): KeyQuotas {
  return new KeyQuotas(limitsWith(limits));
}

/** The problem that the work is refused with. */
function refusalOf(work: () => unknown): object {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return {};
}

describe('one key disturbs all', () => {
  it('by no more calls at a time than it may have, of which each is given back once', () => {
    const quotas = setupQuotas({ keyCalls: 2, totalCalls: 3 });
    const [first] = [quotas.beginCall('a'), quotas.beginCall('a')];
    expect(refusalOf(() => quotas.beginCall('a'))).toMatchObject({
      status: 429,
      resource: 'calls_at_once',
      limit: '2',
      retry_after_ns: expect.stringMatching(/^\d+$/),
    });
    quotas.beginCall('b');
    expect(refusalOf(() => quotas.beginCall('b'))).toMatchObject({ status: 503 });
    first();
    first();
    quotas.beginCall('b');
    expect(refusalOf(() => quotas.beginCall('c'))).toMatchObject({ status: 503 });
  });

  it('by no more calls a minute, and a refused call takes no place', () => {
    const quotas = setupQuotas({ keyCalls: 2, keyBurst: 5, keyCallsPerMinute: 60 });
    for (let i = 0; i < 5; i++) quotas.beginCall('a')();
    for (let i = 0; i < 5; i++) {
      expect(refusalOf(() => quotas.beginCall('a'))).toMatchObject({
        status: 429,
        resource: 'calls_per_minute',
        limit: '60',
      });
    }
    quotas.beginCall('b')();
  });

  it('by no more streams', () => {
    const quotas = setupQuotas({ keyStreams: 1, totalStreams: 2 });
    const end = quotas.beginStream('a');
    expect(refusalOf(() => quotas.beginStream('a'))).toMatchObject({
      status: 429,
      resource: 'streams',
      limit: '1',
    });
    quotas.beginStream('b');
    expect(refusalOf(() => quotas.beginStream('c'))).toMatchObject({ status: 503 });
    end();
    quotas.beginStream('c');
  });

  it('nor by limits that give one all', () => {
    expect(() => limitsWith({ keyCalls: DEFAULT_LIMITS.totalCalls })).toThrow(/^keyCalls: 256 is too many/);
    expect(() => limitsWith({ keyStreams: 0 })).toThrow('keyStreams: 0 is not a whole number from 1');
    expect(() => limitsWith({ callSeconds: 1.5 })).toThrow('callSeconds: 1.5');
  });
});
