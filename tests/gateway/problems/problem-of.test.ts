import { describe, expect, it } from 'vitest';
import {
  CallRejectedError,
  ConflictError,
  ExpiredError,
  InvalidArgumentError,
  NotFoundError,
  QuotaExceededError,
  RateLimitedError,
  UnauthorizedError,
} from '../../../src/client/index.ts';
import { problemOf } from '../../../src/gateway/problems/problem-of.ts';
import { NetworkFailure } from '../../../src/json-interface/callers/network-failure.ts';

describe('problemOf', () => {
  it.each<[Error, number, string, object]>([
    [new NotFoundError('gone'), 404, 'NotFound', { detail: 'gone' }],
    [
      new InvalidArgumentError('limit', 'is too much'),
      400,
      'InvalidArgument',
      { field: 'limit', detail: 'limit is too much' },
    ],
    [new UnauthorizedError('no'), 403, 'Unauthorized', {}],
    [new ConflictError('no'), 409, 'Conflict', {}],
    [new ExpiredError('no'), 410, 'Expired', {}],
    [new RateLimitedError(5n), 429, 'RateLimited', { retry_after_ns: '5' }],
    [new QuotaExceededError('sessions', 7n), 409, 'QuotaExceeded', { resource: 'sessions', limit: '7' }],
    [
      new CallRejectedError(5, 'trapped', 'IC0502'),
      502,
      'CallRejected',
      { reject_code: 5, error_code: 'IC0502', outcome_unknown: false },
    ],
    [
      new CallRejectedError(2, 'later', undefined),
      503,
      'TemporarilyUnavailable',
      { reject_code: 2, outcome_unknown: false },
    ],
    [new CallRejectedError(6, 'who knows', undefined), 502, 'CallRejected', { outcome_unknown: true }],
    [
      new NetworkFailure('NetworkTimeout', 'late'),
      504,
      'NetworkTimeout',
      { outcome_unknown: true, detail: 'late; the call may have been executed' },
    ],
    [new NetworkFailure('UntrustedAnswer', 'forged'), 502, 'UntrustedAnswer', { outcome_unknown: true }],
    [new Error('a fault, with what it knows'), 500, 'Internal', { outcome_unknown: true }],
  ])('tells %s as what it is', (error, status, kind, members) => {
    expect(problemOf(error, { isUpdate: true })).toMatchObject({
      type: `urn:agent-service:problem:${kind}`,
      status,
      ...members,
    });
  });

  it('says of a call that changes nothing that its outcome is known', () => {
    const failure = new NetworkFailure('NetworkTimeout', 'late');
    expect(problemOf(failure, { isUpdate: false })).toMatchObject({ detail: 'late', outcome_unknown: false });
  });

  it('tells nobody the message of a fault', () => {
    expect(JSON.stringify(problemOf(new Error('MARKER'), { isUpdate: false }))).not.toContain('MARKER');
  });
});
