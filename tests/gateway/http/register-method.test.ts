import { IDL } from '@dfinity/candid';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { answerProblems } from '../../../src/gateway/http/answer-problems.ts';
import { plainRoute } from '../../../src/gateway/http/method-routes.ts';
import { describeRoutes } from '../../../src/gateway/http/openapi.ts';
import { registerMethod } from '../../../src/gateway/http/register-method.ts';
import { validateStrictly } from '../../../src/gateway/http/validation.ts';
import { ServiceMethod } from '../../../src/json-interface/methods/service-method.ts';

const record = IDL.Record({ name: IDL.Text, request_id: IDL.Opt(IDL.Text) });
const method = new ServiceMethod('create_thing', IDL.Func([record], [IDL.Text], []));

/** A server with one method that takes a request id, and what it was called with. */
async function setupMethod() {
  const app = fastify();
  const calls: unknown[] = [];
  const plain = {
    principal: 'p',
    call: async (_method: ServiceMethod, values: unknown) => {
      calls.push(values);
      return 'done';
    },
  };
  const caller = { ...plain, manual: plain, forgetKeys: () => undefined };
  app.decorateRequest('account', undefined);
  app.addHook('onRequest', async (request) => {
    request.account = { caller, keyId: 'k', isValid: () => true, endCall: () => undefined };
  });
  validateStrictly(app);
  answerProblems(app);
  await describeRoutes(app);
  registerMethod(app, plainRoute(method));
  const post = async (body: object, headers: Record<string, string> = {}) =>
    (await app.inject({ method: 'POST', url: '/v1/methods/create_thing', headers, body })).json<
      Record<string, unknown>
    >();
  return { app, calls, post };
}

describe('a method that takes a request_id', () => {
  it('is given the Idempotency-Key as that', async () => {
    const { calls, post } = await setupMethod();
    expect(await post({ name: 'n' }, { 'idempotency-key': 'k1' })).toEqual({ result: 'done' });
    await post({ name: 'n', request_id: 'k1' }, { 'idempotency-key': 'k1' });
    await post({ name: 'n', request_id: 'k2' });
    expect(calls).toEqual([
      { name: 'n', request_id: 'k1' },
      { name: 'n', request_id: 'k1' },
      { name: 'n', request_id: 'k2' },
    ]);
  });

  it('is not called where the header and the body disagree, or the header is too long', async () => {
    const { calls, post } = await setupMethod();
    expect(await post({ name: 'n', request_id: 'a' }, { 'idempotency-key': 'b' })).toMatchObject({
      type: 'urn:agent-service:problem:IdempotencyKeyRefused',
      field: 'request_id',
    });
    expect(await post({ name: 'n' }, { 'idempotency-key': 'k'.repeat(65) })).toMatchObject({ status: 400 });
    expect(calls).toEqual([]);
  });

  it('says so in the document', async () => {
    const { app } = await setupMethod();
    await app.ready();
    expect(JSON.stringify(app.swagger())).toContain('"in":"header","name":"idempotency-key"');
  });
});
